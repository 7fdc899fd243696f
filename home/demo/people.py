"""Who appears in the demo library, and who may sign in to it."""

from knowledge.models import Person

CURATOR_EMAIL = "curadoria@redeaberta.example"
_FICTIONAL = "Pessoa fictícia, criada para a biblioteca de demonstração."

PEOPLE = [
    (
        "helena-prado",
        "Helena Prado",
        "Trabalha com orçamento e finanças municipais. Gosta de explicar número grande com exemplo "
        "pequeno.",
    ),
    (
        "marlene-assis",
        "Marlene Assis",
        "Controladora interna. Já foi pregoeira e fiscal de contrato, e escreve para quem está nesses "
        "lugares pela primeira vez.",
    ),
    (
        "davi-nogueira",
        "Davi Nogueira",
        "Urbanista de prefeitura. Mede calçada com trena e escreve sobre cidade para quem não é "
        "arquiteto.",
    ),
    (
        "ana-lucia-reis",
        "Ana Lúcia Reis",
        "Jornalista da comunicação pública. Apresenta o podcast Expediente Aberto e revisa textos em "
        "linguagem simples.",
    ),
    (
        "cleide-santos",
        "Cleide Santos",
        "Enfermeira de uma unidade básica de saúde. Organiza agenda, equipe e conselho local.",
    ),
    (
        "tiago-arruda",
        "Tiago Arruda",
        "Guarda civil municipal, formado em pedagogia. Escreve sobre segurança e sobre escola.",
    ),
]
TEAM = (
    "equipe-rede-aberta",
    "Equipe Rede Aberta",
    "Quem cuida da casa: organiza as trilhas, confere as fontes e responde a quem escreve.",
)


def load_people() -> dict[str, Person]:
    """Slug → person, each saying that they are fictional."""
    found = {}
    for slug, name, about in PEOPLE:
        found[slug] = Person.objects.create(name=name, slug=slug, about=f"{about} {_FICTIONAL}")
    slug, name, about = TEAM
    found[slug] = Person.objects.create(
        name=name, slug=slug, about=about, nature=Person.Nature.BODY
    )
    return found
