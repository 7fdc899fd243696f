"""The trails of the demo library: which resources, in which order, and what to do at each."""

from datetime import date
from typing import Any

FEATURED = "orcamento-publico-sem-medo"

TRAILS: list[dict[str, Any]] = [
    {
        "slug": "orcamento-publico-sem-medo",
        "titulo": "Orçamento público sem medo",
        "resumo": "Da lei ao pagamento, com os números da sua própria prefeitura. Para quem nunca "
        "trabalhou na área de finanças.",
        "temas": ["financas"],
        "etiquetas": ["orçamento", "LRF", "despesa pública"],
        "procurado_como": [
            "aprender contas públicas do começo",
            "roteiro de estudos sobre gasto municipal",
            "caí no financeiro sem experiência",
            "formação básica em finanças da prefeitura",
            "não entendo nada de contabilidade pública",
            "sequência de leituras sobre dinheiro público",
            "treinar funcionário novo do financeiro",
            "entender gasto público passo a passo",
        ],
        "publico": ["orcamento", "compras"],
        "nivel": "basico",
        "pessoas": [
            {"pessoa": "equipe-rede-aberta", "papel": "organizacao"},
            {"pessoa": "helena-prado", "papel": "revisao"},
        ],
        "licenca": "CC-BY-NC-4.0",
        "publicado": date(2026, 11, 14),
        "para_quem": "Quem acabou de chegar a um setor que gasta, compra ou presta contas.",
        "ao_terminar": [
            "achar uma despesa no portal da transparência",
            "dizer em que passo ela parou",
            "explicar os limites da LRF a um colega",
            "fazer uma pesquisa de preços que se sustenta",
        ],
        "etapas": [
            (
                "ler-o-orcamento-em-uma-tarde",
                "Leia com o portal da transparência da sua cidade aberto ao lado. Anote o valor "
                "autorizado de um programa que você conhece.",
            ),
            (
                "empenho-nao-e-pagamento",
                "Ouça uma vez sem parar. Na segunda, escreva com suas palavras a diferença entre "
                "empenhar e pagar.",
            ),
            (
                "do-empenho-ao-pagamento",
                "Escolha uma despesa real do seu setor e marque em que porta ela está hoje.",
            ),
            (
                "limites-da-lrf-sem-susto",
                "Procure o último Relatório de Gestão Fiscal da sua cidade e ache a porcentagem "
                "da despesa com pessoal.",
            ),
            (
                "pesquisa-de-precos-passo-a-passo",
                "Pegue um item que o seu setor compra todo ano e siga os passos com ele.",
            ),
            (
                "pedido-de-informacao-sem-drama",
                "Para terminar: imagine que alguém pede os números que você achou. Escreva a "
                "resposta.",
            ),
        ],
    },
    {
        "slug": "cidade-que-se-anda",
        "titulo": "Cidade que se anda",
        "resumo": "Da calçada medida com trena à reunião que decide o bairro: seis passos para cuidar "
        "do espaço de quem anda a pé.",
        "temas": ["planejamento-urbano"],
        "etiquetas": ["calçada", "acessibilidade", "participação"],
        "procurado_como": [
            "curso sobre mobilidade de pedestres",
            "bairro bom para caminhar",
            "cidade amiga do pedestre",
            "formação em urbanismo para servidores",
            "aprender sobre passeios e arborização",
            "estudar ruas para pedestres",
            "caminhabilidade nas cidades",
            "melhorar as ruas para quem caminha",
        ],
        "publico": ["urbanismo"],
        "nivel": "basico",
        "pessoas": [
            {"pessoa": "equipe-rede-aberta", "papel": "organizacao"},
            {"pessoa": "davi-nogueira", "papel": "revisao"},
        ],
        "licenca": "CC-BY-NC-4.0",
        "publicado": date(2026, 11, 18),
        "para_quem": "Equipes de obras, planejamento e meio ambiente, e quem atende o morador.",
        "ao_terminar": [
            "medir uma quadra e dizer o que falta",
            "escolher onde plantar sem estreitar a passagem",
            "ler o zoneamento de um lote",
            "preparar uma audiência a que as pessoas vão",
        ],
        "etapas": [
            ("calcada-segura-como-medir", "Meça a quadra da sua repartição, com uma colega."),
            (
                "cartilha-arborizacao-de-calcadas",
                "Na mesma quadra, marque onde caberia uma árvore e de que porte.",
            ),
            (
                "iluminacao-que-previne",
                "Volte à quadra depois das 19h e anote o que mudou.",
            ),
            (
                "o-ponto-de-onibus-tambem-e-servico",
                "Ouça e repare no ponto de ônibus mais perto: o que falta nele?",
            ),
            (
                "plano-diretor-em-linguagem-simples",
                "Procure no plano diretor da sua cidade em que zona fica a quadra.",
            ),
            (
                "audiencia-publica-que-enche",
                "Use o plano de 30 dias para levar o que você mediu a uma conversa com moradores.",
            ),
        ],
    },
    {
        "slug": "primeiro-mes-no-atendimento",
        "titulo": "Primeiro mês no atendimento",
        "resumo": "O que saber para receber bem quem chega: falar claro, responder no prazo, cuidar da "
        "fila e reconhecer quem precisa de proteção.",
        "temas": ["saude", "educacao"],
        "etiquetas": ["atendimento", "linguagem simples", "acolhimento"],
        "procurado_como": [
            "comecei como recepcionista na prefeitura",
            "treinamento para quem atende o público",
            "atender bem gente no guichê",
            "curso para recepção de posto",
            "novato na recepção da escola",
            "lidar com pessoa nervosa no guichê",
            "integração de servidor recém chegado",
            "roteiro de estudos para atendente",
        ],
        "publico": ["atendimento"],
        "nivel": "basico",
        "pessoas": [
            {"pessoa": "equipe-rede-aberta", "papel": "organizacao"},
            {"pessoa": "ana-lucia-reis", "papel": "revisao"},
        ],
        "licenca": "CC-BY-NC-SA-4.0",
        "publicado": date(2026, 11, 20),
        "para_quem": "Quem começa no balcão de uma escola, unidade de saúde, CRAS ou protocolo.",
        "ao_terminar": [
            "reescrever um aviso para que ninguém precise perguntar de novo",
            "responder a um pedido de informação no prazo",
            "explicar o critério de uma fila",
            "acolher uma mulher em situação de violência sem expor ninguém",
        ],
        "etapas": [
            (
                "linguagem-simples-no-balcao",
                "Escolha um aviso da parede do seu setor e reescreva.",
            ),
            (
                "pedido-de-informacao-sem-drama",
                "Descubra quem, na sua prefeitura, recebe os pedidos de informação.",
            ),
            (
                "agenda-da-ubs-sem-fila-de-madrugada",
                "Mesmo fora da saúde: conte por um dia quantas pessoas chegam e a que horas.",
            ),
            (
                "a-agenda-era-o-problema",
                "Ouça e compare com o que você contou.",
            ),
            (
                "fila-da-creche-com-criterio-publico",
                "Veja se a lista de espera da sua cidade está publicada e com que critério.",
            ),
            (
                "lista-de-espera-se-publica",
                "Ouça e escreva em três linhas como você explicaria a fila a uma mãe.",
            ),
            (
                "primeiro-atendimento-mulher-em-violencia",
                "Leia com calma. No fim, preencha o cartão da rede da sua cidade e deixe à mão.",
            ),
        ],
    },
]
