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
    (
        "rosa-tavares",
        "Rosa Tavares",
        "Assistente social, trabalha com o Cadastro Único. Acha que formulário bom é o que a família "
        "entende na primeira leitura.",
    ),
    (
        "joao-batista-lima",
        "João Batista Lima",
        "Técnico de compras e licitações. Anota em um caderno cada processo devolvido, para ninguém "
        "repetir o erro.",
    ),
    (
        "marina-yamada",
        "Marina Yamada",
        "Analista de dados da secretaria de planejamento. Arruma planilhas, desenha mapas e "
        "desconfia de número redondo.",
    ),
    (
        "sebastiao-moura",
        "Sebastião Moura",
        "Agente comunitário de saúde. Visita a pé as mesmas ruas há muitos anos, com um caderno no "
        "bolso.",
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
