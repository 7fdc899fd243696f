"""The skeleton of a site: pages under which everything stands, roles, the review workflow."""

import json
import uuid
from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from home.models import HomePage, Menus, OfferedText, TextPage
from knowledge.models import Publisher, ResourceIndexPage
from podcasts.models import PodcastIndexPage
from search.seeds import seed
from trails.models import TrailIndexPage

AUTHORS, REVIEWERS, CURATORS, ADMINISTRATORS = (
    "Autores",
    "Revisores",
    "Curadores",
    "Administradores",
)
_PAGE_RIGHTS = {
    AUTHORS: ["add_page"],
    REVIEWERS: ["add_page", "change_page"],
    CURATORS: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
    ADMINISTRATORS: [
        "add_page",
        "change_page",
        "publish_page",
        "lock_page",
        "unlock_page",
        "bulk_delete_page",
    ],
}
_FILE_RIGHTS = {
    role: [f"files.{verb}_{model}" for verb in verbs for model in ("image", "document")]
    for role, verbs in {
        AUTHORS: ("add", "choose"),
        REVIEWERS: ("add", "choose", "change"),
        CURATORS: ("add", "choose", "change"),
        ADMINISTRATORS: ("add", "choose", "change", "delete"),
    }.items()
}
_FILE_RIGHTS[ADMINISTRATORS] += [f"wagtailcore.{v}_collection" for v in ("add", "change", "delete")]
_SOUND_AND_PICTURE = ("recording", "video")
_ALL_SOUND_AND_PICTURE = [
    f"files.{verb}_{model}"
    for verb in ("add", "change", "delete", "view")
    for model in _SOUND_AND_PICTURE
]
_SEARCH = [
    f"search.{verb}_{model}"
    for verb in ("add", "change", "delete", "view")
    for model in ("expression", "bestbet", "unwantedsuggestion")
]
_MODEL_RIGHTS = {
    AUTHORS: [f"files.{verb}_{model}" for verb in ("add", "view") for model in _SOUND_AND_PICTURE],
    REVIEWERS: [
        f"files.{verb}_{model}"
        for verb in ("add", "change", "view")
        for model in _SOUND_AND_PICTURE
    ],
    CURATORS: [
        "sharing.add_importrun",
        *_ALL_SOUND_AND_PICTURE,
        *(f"knowledge.{verb}_person" for verb in ("add", "change", "delete", "view")),
        *(f"knowledge.{verb}_withdrawal" for verb in ("change", "view")),
        *(f"knowledge.{verb}_theme" for verb in ("change", "view")),
        *(f"taggit.{verb}_tag" for verb in ("change", "delete", "view")),
        *_SEARCH,
    ],
    ADMINISTRATORS: [
        "sharing.add_importrun",
        *_ALL_SOUND_AND_PICTURE,
        *(f"knowledge.{verb}_person" for verb in ("add", "change", "delete", "view")),
        *(f"knowledge.{verb}_withdrawal" for verb in ("change", "delete", "view")),
        *(f"knowledge.{verb}_theme" for verb in ("add", "change", "delete", "view")),
        *(f"taggit.{verb}_tag" for verb in ("change", "delete", "view")),
        *_SEARCH,
        "knowledge.change_publisher",
        "home.change_menus",
        *(f"accounts.{verb}_user" for verb in ("add", "change", "delete", "view")),
        *(f"wagtailredirects.{verb}_redirect" for verb in ("add", "change", "delete", "view")),
    ],
}
_TOP = [
    ("Trilhas", "/trilhas/"),
    ("Acervo", "/acervo/"),
    ("Casos", "/acervo/?formato=caso"),
    ("Podcast", "/podcasts/"),
]
_FOOT = [
    (
        "Aprender",
        [
            ("Trilhas", "/trilhas/"),
            ("Acervo", "/acervo/"),
            ("Temas", "/temas/"),
            ("Casos de cidades", "/acervo/?formato=caso"),
            ("Podcast", "/podcasts/"),
            ("Quem escreve", "/pessoas/"),
        ],
    ),
    (
        "Reusar",
        [
            ("Como copiar e adaptar", "/licencas/"),
            ("Política de educação aberta", "/politica-de-educacao-aberta/"),
            ("Novidades em Atom", "/novidades.atom"),
        ],
    ),
    ("Sobre", [("Quem somos", "/sobre/"), ("Privacidade", "/privacidade/")]),
]


@transaction.atomic
def prepare_site() -> HomePage:
    """Make whatever of the skeleton is missing. Done twice, it changes nothing."""
    Locale.objects.get_or_create(language_code="pt-br")
    home = _home_page()
    _index(home, ResourceIndexPage, "Acervo", "acervo")
    _index(home, TrailIndexPage, "Trilhas", "trilhas")
    _index(home, PodcastIndexPage, "Podcasts", "podcasts")
    _institutional_texts(home)
    _roles(home)
    _workflow(home)
    _settings()
    seed()
    return home


def _home_page() -> HomePage:
    home = HomePage.objects.first()
    if home is None:
        root = Page.get_first_root_node()
        for page in Page.objects.filter(depth=2, slug="home").exact_type(Page):
            page.delete()
            root.refresh_from_db()
        home = root.add_child(instance=HomePage(title="Rede Aberta", slug="inicio"))
    site, _ = Site.objects.get_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": home, "site_name": "Rede Aberta"},
    )
    if site.root_page_id != home.pk:
        site.root_page = home
        site.save()
    return home


_INTRODUCTIONS = {
    "acervo": "Tudo o que a rede já publicou. Escolha um tipo, um tema ou uma licença; os números "
    "mostram quantos materiais há em cada um.",
    "trilhas": "Materiais postos em ordem, para seguir no seu ritmo. Não precisa de conta.",
    "podcasts": "Conversas curtas sobre o trabalho de todo dia, com transcrição. Ouça aqui ou assine "
    "no seu aplicativo.",
}


def _index(home: HomePage, kind: type[Page], title: str, slug: str) -> None:
    if not kind.objects.exists():
        page = kind(title=title, slug=slug, introduction=_INTRODUCTIONS[slug], show_in_menus=True)
        home.add_child(instance=page)


# The texts with which sites began before anybody noted which they were given.
_FIRST_TEXTS = ("sobre", "privacidade")


def _institutional_texts(home: HomePage) -> None:
    """Give the site each text once; one that came with a new version has a link in the foot."""
    from home.institutional import TEXTS

    if TextPage.objects.exists() and not OfferedText.objects.exists():
        OfferedText.objects.bulk_create(OfferedText(slug=slug) for slug in _FIRST_TEXTS)
    for text in TextPage.objects.filter(live=True, file_uses__isnull=True):
        text.note_files()  # of what was live before its files were noted
    offered = set(OfferedText.objects.values_list("slug", flat=True))
    for slug, (title, lead, body) in TEXTS.items():
        if slug in offered:
            continue  # what an administrator renamed or took away since stays so
        OfferedText.objects.create(slug=slug)
        if not home.get_children().filter(slug=slug).exists():
            home.add_child(instance=TextPage(title=title, slug=slug, lead=lead, body=body))
            home.refresh_from_db()
            _link_in_foot(f"/{slug}/")


def _link_in_foot(address: str) -> None:
    """Put a link of the usual foot into that of a site that has its menus already, if the column is
    still there."""
    menus = Menus.objects.first()
    usual = {link: (title, label) for title, below in _FOOT for label, link in below}
    if menus is None or address not in usual:
        return
    title, label = usual[address]
    columns = menus.foot.get_prep_value()
    for column in columns:
        if column["value"]["title"] != title:
            continue
        link = {"label": label, "address": address}
        column["value"]["links"].append({"type": "item", "value": link, "id": str(uuid.uuid4())})
        menus.foot = json.dumps(columns)
        menus.save()


def _roles(home: HomePage) -> None:
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    files = Collection.get_first_root_node()
    for name in (AUTHORS, REVIEWERS, CURATORS, ADMINISTRATORS):
        group, created = Group.objects.get_or_create(name=name)
        if not created:
            continue  # what an administrator changed since stays
        group.permissions.add(access, *_permissions(_MODEL_RIGHTS[name]))
        for codename in _PAGE_RIGHTS[name]:
            permission = _permission(f"wagtailcore.{codename}")
            GroupPagePermission.objects.create(group=group, page=home, permission=permission)
        for permission in _permissions(_FILE_RIGHTS[name]):
            GroupCollectionPermission.objects.create(
                group=group, collection=files, permission=permission
            )


def _permissions(names: Iterable[str]) -> list[Permission]:
    return [_permission(name) for name in names]


def _permission(name: str) -> Permission:
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _workflow(home: HomePage) -> None:
    if WorkflowPage.objects.filter(page=home).exists():
        return
    # What Wagtail's own migrations made, in English, while nobody uses it.
    Workflow.objects.filter(name="Moderators approval").delete()
    GroupApprovalTask.objects.filter(name="Moderators approval").delete()
    Group.objects.filter(name__in=["Moderators", "Editors"], user__isnull=True).delete()
    workflow = Workflow.objects.create(name="Revisão")
    task = GroupApprovalTask.objects.create(name="Revisão por outra pessoa")
    task.groups.set(Group.objects.filter(name__in=[REVIEWERS, CURATORS, ADMINISTRATORS]))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=home)


def _settings() -> None:
    if not Publisher.objects.exists():
        Publisher.objects.create()
    if not Menus.objects.exists():
        links = [{"label": label, "address": address} for label, address in _TOP]
        columns = [
            {"title": title, "links": [{"label": a, "address": b} for a, b in below]}
            for title, below in _FOOT
        ]
        menus = Menus()
        menus.top = [("link", link) for link in links]
        menus.foot = [("column", column) for column in columns]
        menus.save()
