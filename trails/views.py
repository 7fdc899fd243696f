"""A step: a resource, shown inside its trail."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from knowledge.covers.drawings import HOUSE_MODULE
from knowledge.models import ResourcePage
from knowledge.views import page_at, refusal
from trails.models import StepAddress, TrailPage, trail_context


@require_safe
def step(request: HttpRequest, trail: str, step: str) -> HttpResponseBase:
    """/trilhas/<slug>/<step>/. A former name of a step redirects to its present one."""
    page = page_at(f"trilhas/{trail}/", TrailPage)
    if not isinstance(page, TrailPage):
        raise Http404
    refused = refusal(request, page)
    if refused is not None:
        return refused
    steps = page.ordered_steps()
    places = {item.slug: number for number, item in enumerate(steps)}
    if step not in places:
        former = StepAddress.objects.filter(trail_number=page.pk, slug=step).first()
        now = next((item for item in steps if former and item.uuid == former.step), None)
        if now is None:
            raise Http404
        return redirect(now.url_in(page), permanent=True)
    place = places[step]
    current = steps[place]
    if current.resource is None:
        raise Http404
    kind: type[ResourcePage] = current.resource.specific_class
    resource = kind.for_reading().get(pk=current.resource_id)
    refused = refusal(request, resource)
    if refused is not None:
        return refused
    context = resource.get_context(request) | trail_context(page, steps, request)
    items = context["steps"]
    context |= {
        "trail": page,
        "trail_module": page.own_module or HOUSE_MODULE,
        "current": items[place],
        "previous": next((item for item in reversed(items[:place]) if item["url"]), None),
        "following": next((item for item in items[place + 1 :] if item["url"]), None),
    }
    response = render(request, "trails/step.html", context)
    resource.add_headers(response)
    return response
