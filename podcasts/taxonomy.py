"""Words that the Podcasting 2.0 namespace knows: roles of people and kinds of medium.

Source: podcast-namespace, `taxonomy-en.json` and “podcast:medium”; written in lower case, as it
permits.
"""

from knowledge.models import Contribution

# Group → roles.
ROLES: dict[str, frozenset[str]] = {
    group: frozenset(roles)
    for group, roles in {
        "creative direction": [
            "director",
            "assistant director",
            "executive producer",
            "senior producer",
            "producer",
            "associate producer",
            "development producer",
            "creative director",
        ],
        "cast": [
            "host",
            "co-host",
            "guest host",
            "guest",
            "voice actor",
            "narrator",
            "announcer",
            "reporter",
        ],
        "writing": [
            "author",
            "editorial director",
            "co-writer",
            "writer",
            "songwriter",
            "guest writer",
            "story editor",
            "managing editor",
            "script editor",
            "script coordinator",
            "researcher",
            "editor",
            "fact checker",
            "translator",
            "transcriber",
            "logger",
        ],
        "audio production": [
            "studio coordinator",
            "technical director",
            "technical manager",
            "audio engineer",
            "remote recording engineer",
            "post production engineer",
        ],
        "audio post-production": [
            "audio editor",
            "sound designer",
            "foley artist",
            "composer",
            "theme music",
            "music production",
            "music contributor",
        ],
        "administration": [
            "production coordinator",
            "booking coordinator",
            "production assistant",
            "content manager",
            "marketing manager",
            "sales representative",
            "sales manager",
        ],
        "visuals": ["graphic designer", "cover art designer"],
        "community": ["social media manager"],
        "misc.": ["consultant", "intern"],
        "video production": [
            "camera operator",
            "lighting designer",
            "camera grip",
            "assistant camera",
        ],
        "video post-production": ["editor", "assistant editor"],
    }.items()
}
_MEDIA = ["podcast", "music", "video", "film", "audiobook", "newsletter", "blog", "course"]
MEDIA = frozenset([*_MEDIA, *(f"{name}L" for name in _MEDIA), "publisher", "mixed"])
# Role in the library → (role, group) of the taxonomy.
OF_THE_LIBRARY = {
    Contribution.Role.AUTHOR: ("author", "writing"),
    Contribution.Role.ORGANISER: ("producer", "creative direction"),
    Contribution.Role.HOST: ("host", "cast"),
    Contribution.Role.GUEST: ("guest", "cast"),
    Contribution.Role.REVIEWER: ("editor", "writing"),
    Contribution.Role.TRANSLATOR: ("translator", "writing"),
    Contribution.Role.ILLUSTRATOR: ("cover art designer", "visuals"),
}
