"""Words of one root: what is typed in one form and written in another, and what only looks alike."""

import pytest

from search.conjugation import conjugated, told_by
from search.families import kin_of
from search.language import term_of
from search.roots import ROOTS

# What is typed: how a text may have it. One way alone: a text rarely says “contratarão”.
MEET = """
contratar: contratação contrato contratado contratando
contratou: contratação contratar contratada
contratam: contratação contratar
contrataram: contratação contratar contrato
contratava: contratação contratar
contratará: contratação contratar
contratarão: contratação contratar
contrate: contratação contratar
contratem: contratação contratar
contratasse: contratação contratar
contratações: contratar contratado
pagar: pagamento pago paga pagando
pago: pagamento pagar pagado
pague: pagamento pagar
paguem: pagamento pagar
pagou: pagamento pagar pago
pagamentos: pagar pago
paguei: pagamento
medir: medição medida medido
meço: medição medir
mediu: medição medir
meçam: medição medir
pedir: pedido pedindo
peço: pedido pedir
peçam: pedido pedir
pediram: pedido pedir
ouvir: ouvindo
ouço: ouvir ouvindo
refazer: refeito refazendo
refez: refazer refeito
refizeram: refazer refeito
trazer: trazendo trazido
trouxe: trazer trazido
conter: contido contenção
contém: conter contido
manter: manutenção mantido
mantém: manutenção manter
mantiveram: manutenção manter
prover: provimento provido
rever: revisão revisto
reviu: revisão rever
prever: previsão previsto
previsto: previsão prever
compor: composição composto
compõe: composição compor
propôs: proposta proposição propor
propuseram: proposta propor
dispõe: dispor disposição
abrir: abertura aberto
abertas: abrir abertura
abriu: abertura aberto
cobrir: cobertura coberto
cubra: cobertura cobrir
escrever: escrita escrito
escrito: escrever
gastar: gasto gastando
gastou: gasto gastar
entregue: entrega entregar
entregou: entrega entregar entregue
eleger: eleição eleito
elegeu: eleição eleito
aceitar: aceite aceito aceitação
aceito: aceitar aceitação
nomear: nomeação nomeado
nomeia: nomeação nomear
nomeiam: nomeação nomear
publicar: publicação publicado
publique: publicação publicar
publiquem: publicação publicar
começar: começo
comece: começo começar
fiscalize: fiscalização fiscalizar
fiscalizam: fiscalização fiscalizar
fiscalizou: fiscalização fiscalizado
negociar: negociação negociado
denunciar: denúncia denunciado
denunciou: denúncia denunciar
denúncia: denunciar denunciado
denúncias: denunciar
comprar: compra comprado
comprou: compra comprar
compre: compra
compras: comprar comprado
ajustar: ajuste
ajustou: ajuste ajustar
consertar: conserto
consertaram: conserto consertar
atrasar: atraso atrasado
atrasado: atraso atrasar
atrasados: atraso
entregar: entrega
queixar: queixa
queixas: queixar
reclamou: reclamação reclamar
gerir: gestão gestor
construir: construção construído
constrói: construção construir
construíram: construção construir
distribuir: distribuição distribuído
distribui: distribuição
reduzir: redução reduzido
reduz: redução reduzir
reduziu: redução
proteger: proteção protegido
protege: proteção proteger
proteja: proteção proteger
exigir: exigência exigido
exige: exigência exigir
fornecer: fornecimento fornecedor
forneça: fornecimento fornecer
atender: atendimento atendido
atende: atendimento atender
inscrever: inscrição inscrito
inscreveu: inscrição inscrito
matricular: matrícula matriculado
matriculou: matrícula matricular
transferir: transferência transferido
transfira: transferência transferir
limpar: limpeza limpo
limpou: limpeza limpar
varrer: varrição varrido
podar: poda podado
plantar: plantio plantado
licitar: licitação licitado
vacinou: vacina vacinação
alagou: alagamento alagado
arrecadar: arrecadação arrecadado
avaliaram: avaliação avaliar
planejando: planejamento planejado
orçar: orçamento
orçou: orçamento
orçamentária: orçamento orçamentário
orçamento: orçamentária orçamentários
tributária: tributo tributação
ambiental: ambiente
habitacional: habitação
cultural: cultura
escolar: escola
educacional: educação
previdenciário: previdência
turístico: turismo
agrícola: agricultura
contábeis: contábil contabilidade
contábil: contábeis
fase: fases
bases: base
doses: dose
fáceis: fácil
acessível: acessibilidade
sustentável: sustentabilidade
vereadora: vereador
vereadoras: vereador vereadores
diretora: diretor
secretária: secretário
conselheira: conselheiro
professoras: professor
gestora: gestor gestão
servidoras: servidor
merendeiras: merendeira
escolinha: escola
pracinha: praça
projetinho: projeto
cães: cão
cidadã: cidadão
órgãos: órgão
perfis: perfil
digitalizou: digitalização digitalizar
regulamentaram: regulamentação regulamento
terceirizando: terceirização terceirizado
"""
# They may not meet, whichever is typed.
APART = """
casa casar / caso casar / conta contar / pena pensar / são sanar / obra obrar / fala falir
reforma reformado / fundo fundar / estado estar / dados dar / medo medir / médico medir / rota roto
pregão pregar / lote loteria / lixo lixar / porta portar / portaria porta / cartão carta / plano planar
plantão plantar / banco bancar / folha folhear / cessão sessão / seção sessão / conserto concerto
conselho conserto / pensão pensar / pensionista pensar / compra cumprir / comprimento cumprimento
custo costume / merenda emenda / ouvidoria ouvido / vara varrer / vaga vagar / praça praga / rua ruir
muda mudança / poda poder / pode podar / podem podar / criar criança / criança criação / visita visto
via ver / vias vir / ata atar / ato ator / ator autor / sala salário / salário salgado / data dado
meta meter / meta metade / posto pôr / gestor gesto / gestão gestante / lei ler / lido lidar
testamento testar / apartamento apartar / regulamento regular / militar militante / escolar escolher
escola escolha / ambulante ambulância / alvará alvo / divisão dívida / dívida dividir / imposto impor
importância importação / renda render / receita receber / despesa despedir / pedra pedir / saúde saudar
empresa emprestar / empenho desempenho / termo terminar / fila filha / fiscal fiscalização
social sociedade / nota notificar / marcar março / calçada calçar / conteúdo conter / contido contar
prova prover / previdência providência / provisão previsão / mandato mandar / parte partir
carro carreira / universo universidade / vida vir / viagem viga / serviço servir / servidor servir
pagar paginar / contratar contrariar / licença licitar / ditado dizer / direito direção / direção direto
lote lotear / público publicar / interno internar / líquido liquidar / prévia prever / médico medicar
frequente frequentar / média mediar / privado privar / museu moer / lazer lazeira / válido validar
"""

_MEETING = [
    (typed, written)
    for line in MEET.strip().splitlines()
    for typed, family in [line.split(": ")]
    for written in family.split()
]
_APART = [tuple(pair.split()) for line in APART.strip().splitlines() for pair in line.split(" / ")]


def _met_by(typed: str) -> set[str]:
    return {term_of(typed), *kin_of(typed)}


def test_a_word_is_met_by_the_words_of_its_root() -> None:
    assert len(_MEETING) > 200
    assert [pair for pair in _MEETING if term_of(pair[1]) not in _met_by(pair[0])] == []


def test_words_that_only_look_alike_stay_apart() -> None:
    assert len(_APART) > 60
    both = [*_APART, *((other, one) for one, other in _APART)]
    assert [pair for pair in both if term_of(pair[1]) in _met_by(pair[0])] == []


def test_no_word_belongs_to_two_families_and_none_is_large() -> None:
    lines = [line.replace("|", " ").split() for line in ROOTS.strip().splitlines()]
    terms = [term for line in lines for term in {term_of(word) for word in line}]
    assert sorted(terms) == sorted(set(terms))
    typed = {typed for typed, _ in _MEETING} | {word for line in lines for word in line}
    assert all(len(kin_of(word)) <= 6 for word in typed)


@pytest.mark.parametrize("typed", ["", "x", "字字字", "a" * 5000, "\x00", "14.133", "ção", "inho"])
def test_any_text_has_a_family_or_none(typed: str) -> None:
    assert isinstance(kin_of(typed), tuple)


@pytest.mark.parametrize(
    ("one", "other"), [("contratação", "contratações"), ("acessível", "acessíveis")]
)
def test_a_plural_is_met_by_the_same(one: str, other: str) -> None:
    assert kin_of(one) == kin_of(other)


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("publicar", "publique publiquem publicou publicaram publicava publicará publicado"),
        ("começar", "comece começou comecem"),
        ("pagar", "pague paguei pago pagado"),
        ("nomear", "nomeia nomeiam nomeie nomeou"),
        ("medir", "meço meça mede mediu medido medindo"),
        ("conferir", "confiro confira confere conferiu"),
        ("proteger", "proteja protejam protege protegido"),
        ("seguir", "sigo siga segue"),
        ("distribuir", "distribui distribuem distribuiu distribuíram distribuído"),
        ("compor", "compõe compõem compôs compuser composto compondo"),
        ("fazer", "faz fez fizer feito faça fará"),
    ],
)
def test_a_verb_has_its_forms(verb: str, forms: str) -> None:
    assert set(forms.split()) <= set(conjugated(verb))


@pytest.mark.parametrize(
    ("verb", "none"), [("abrir", "abrido"), ("compor", "comporido"), ("rever", "revido")]
)
def test_a_verb_is_not_looked_for_in_a_form_that_nobody_writes(verb: str, none: str) -> None:
    assert none not in set(told_by(verb))
