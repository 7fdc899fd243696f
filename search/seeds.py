"""The words with which a site begins: acronyms of municipal work, written out, and synonyms.

Given to a site once, while it has none of its own; after that curators change them in the CMS.
A line is an acronym, its meanings with "|" between, and the forms of one meaning with ";".
"""

from search.models import Expression

_ACRONYMS = """
LRF = Lei de Responsabilidade Fiscal; Lei Complementar 101/2000
LOA* = Lei Orçamentária Anual
LDO = Lei de Diretrizes Orçamentárias
PPA = Plano Plurianual
RREO = Relatório Resumido da Execução Orçamentária
RGF = Relatório de Gestão Fiscal
RCL = Receita Corrente Líquida
MCASP = Manual de Contabilidade Aplicada ao Setor Público
PCASP = Plano de Contas Aplicado ao Setor Público
SICONFI = Sistema de Informações Contábeis e Fiscais do Setor Público Brasileiro
CAUC = Sistema de Informações sobre Requisitos Fiscais; Cadastro Único de Convênios
CAPAG = Capacidade de Pagamento
SIAFI = Sistema Integrado de Administração Financeira
SIAFIC = Sistema Único e Integrado de Execução Orçamentária, Administração Financeira e Controle
STN = Secretaria do Tesouro Nacional; Tesouro Nacional
FPM = Fundo de Participação dos Municípios
FPE = Fundo de Participação dos Estados
ICMS = Imposto sobre Circulação de Mercadorias e Serviços
ISS = Imposto Sobre Serviços; ISSQN
ISSQN = Imposto Sobre Serviços de Qualquer Natureza; Imposto Sobre Serviços
IPTU = Imposto Predial e Territorial Urbano
ITBI = Imposto sobre Transmissão de Bens Imóveis; Imposto de Transmissão de Bens Imóveis
ITR = Imposto Territorial Rural; Imposto sobre a Propriedade Territorial Rural
IPVA = Imposto sobre a Propriedade de Veículos Automotores
IBS = Imposto sobre Bens e Serviços
CBS = Contribuição sobre Bens e Serviços
COSIP = Contribuição para o Custeio da Iluminação Pública; Contribuição de Iluminação Pública; CIP
CDA = Certidão de Dívida Ativa
NFS-e = Nota Fiscal de Serviço Eletrônica; Nota Fiscal de Serviços Eletrônica
NLLC = Nova Lei de Licitações e Contratos; Nova Lei de Licitações; Lei 14.133/2021; Lei de Licitações
NLL = Nova Lei de Licitações; Lei 14.133/2021
PNCP = Portal Nacional de Contratações Públicas
ETP = Estudo Técnico Preliminar
TR = Termo de Referência
DFD = Documento de Formalização de Demanda; Documento de Formalização da Demanda
PCA = Plano de Contratações Anual; Plano Anual de Contratações
SRP = Sistema de Registro de Preços; Registro de Preços
ARP = Ata de Registro de Preços
RDC = Regime Diferenciado de Contratações | Resolução da Diretoria Colegiada
SICAF = Sistema de Cadastramento Unificado de Fornecedores
SINAPI = Sistema Nacional de Pesquisa de Custos e Índices da Construção Civil
BDI = Benefícios e Despesas Indiretas; Bonificação e Despesas Indiretas
PPP = Parceria Público-Privada; Parcerias Público-Privadas | Projeto Político-Pedagógico
PMI = Procedimento de Manifestação de Interesse
MROSC = Marco Regulatório das Organizações da Sociedade Civil; Lei 13.019/2014
OSC = Organização da Sociedade Civil
OSCIP = Organização da Sociedade Civil de Interesse Público
LAI = Lei de Acesso à Informação; Lei 12.527/2011
LGPD = Lei Geral de Proteção de Dados; Lei 13.709/2018
ANPD = Autoridade Nacional de Proteção de Dados; Agência Nacional de Proteção de Dados
e-SIC = Sistema Eletrônico do Serviço de Informação ao Cidadão; Serviço de Informação ao Cidadão
CGU = Controladoria-Geral da União
TCU = Tribunal de Contas da União
TCE = Tribunal de Contas do Estado; Tribunais de Contas dos Estados
TCM = Tribunal de Contas dos Municípios; Tribunal de Contas do Município
AGU = Advocacia-Geral da União
MPF = Ministério Público Federal
MPC = Ministério Público de Contas
LIA* = Lei de Improbidade Administrativa; Lei 8.429/1992
PAD* = Processo Administrativo Disciplinar | Programa de Atenção Domiciliar
SEI* = Sistema Eletrônico de Informações
FUNDEB = Fundo de Manutenção e Desenvolvimento da Educação Básica; Lei 14.113/2020
FNDE = Fundo Nacional de Desenvolvimento da Educação
PNAE = Programa Nacional de Alimentação Escolar; alimentação escolar; merenda escolar; Lei 11.947/2009
PNATE = Programa Nacional de Apoio ao Transporte do Escolar; Lei 10.880/2004
PDDE = Programa Dinheiro Direto na Escola
PAR* = Plano de Ações Articuladas
BNCC = Base Nacional Comum Curricular
PNE = Plano Nacional de Educação; Lei 13.005/2014 | Pessoa com Necessidades Especiais
PME = Plano Municipal de Educação | Pequena e Média Empresa
LDB = Lei de Diretrizes e Bases da Educação Nacional; Lei de Diretrizes e Bases; Lei 9.394/1996
IDEB = Índice de Desenvolvimento da Educação Básica
SAEB = Sistema de Avaliação da Educação Básica
INEP = Instituto Nacional de Estudos e Pesquisas Educacionais Anísio Teixeira
EJA = Educação de Jovens e Adultos
AEE = Atendimento Educacional Especializado
SIOPE = Sistema de Informações sobre Orçamentos Públicos em Educação
VAAF = Valor Anual por Aluno
VAAT = Valor Anual Total por Aluno
VAAR = Valor Aluno Ano por Resultados; Valor Anual por Aluno por Resultados
CAE = Conselho de Alimentação Escolar
CACS = Conselho de Acompanhamento e Controle Social
SUS* = Sistema Único de Saúde
SIOPS = Sistema de Informações sobre Orçamentos Públicos em Saúde
UBS = Unidade Básica de Saúde; posto de saúde
ESF = Estratégia Saúde da Família; Estratégia de Saúde da Família
ACS = Agente Comunitário de Saúde; Agente Comunitária de Saúde
ACE* = Agente de Combate às Endemias
UPA = Unidade de Pronto Atendimento
SAMU = Serviço de Atendimento Móvel de Urgência
CAPS = Centro de Atenção Psicossocial
APS = Atenção Primária à Saúde; atenção básica
PNAB = Política Nacional de Atenção Básica
RENAME* = Relação Nacional de Medicamentos Essenciais
CNES = Cadastro Nacional de Estabelecimentos de Saúde
FNS = Fundo Nacional de Saúde
FMS = Fundo Municipal de Saúde
PNI = Programa Nacional de Imunizações
RAPS = Rede de Atenção Psicossocial
TFD = Tratamento Fora de Domicílio
SUAS* = Sistema Único de Assistência Social
CRAS = Centro de Referência de Assistência Social
CREAS = Centro de Referência Especializado de Assistência Social
CadÚnico = Cadastro Único para Programas Sociais; Cadastro Único
PBF = Programa Bolsa Família; Bolsa Família; Lei 14.601/2023
BPC = Benefício de Prestação Continuada
LOAS* = Lei Orgânica da Assistência Social; Lei 8.742/1993
PAIF = Serviço de Proteção e Atendimento Integral à Família
PAEFI = Serviço de Proteção e Atendimento Especializado a Famílias e Indivíduos
SCFV = Serviço de Convivência e Fortalecimento de Vínculos
FNAS = Fundo Nacional de Assistência Social
CMDCA = Conselho Municipal dos Direitos da Criança e do Adolescente
ECA* = Estatuto da Criança e do Adolescente; Lei 8.069/1990
RPPS = Regime Próprio de Previdência Social
RGPS = Regime Geral de Previdência Social
CRP = Certificado de Regularidade Previdenciária | Conselho Regional de Psicologia
RJU = Regime Jurídico Único
PCCS = Plano de Cargos, Carreiras e Salários; plano de carreira
eSocial = Sistema de Escrituração Digital das Obrigações Fiscais, Previdenciárias e Trabalhistas
PMSB = Plano Municipal de Saneamento Básico
PNRS = Política Nacional de Resíduos Sólidos; Lei 12.305/2010
MCMV = Minha Casa, Minha Vida; Lei 14.620/2023
SUSP = Sistema Único de Segurança Pública; Lei 13.675/2018
REURB = Regularização Fundiária Urbana; Lei 13.465/2017
EIA-RIMA = Estudo de Impacto Ambiental; Relatório de Impacto Ambiental
SINISA = Sistema Nacional de Informações em Saneamento Básico
IBGE = Instituto Brasileiro de Geografia e Estatística
ENAP = Escola Nacional de Administração Pública
MGI = Ministério da Gestão e da Inovação em Serviços Públicos; Ministério da Gestão
CNM = Confederação Nacional de Municípios
ODS = Objetivos de Desenvolvimento Sustentável
"""
# Laws by the names under which people know them, beside those that have an acronym.
_LAWS = """
Código de Trânsito Brasileiro = Lei 9.503/1997; CTB; código de trânsito
Código Tributário Nacional = Lei 5.172/1966; CTN
Estatuto da Cidade = Lei 10.257/2001
Estatuto da Pessoa com Deficiência = Lei 13.146/2015; Lei Brasileira de Inclusão; LBI
Estatuto da Pessoa Idosa = Lei 10.741/2003; Estatuto do Idoso
Estatuto da Igualdade Racial = Lei 12.288/2010
Estatuto Geral das Guardas Municipais = Lei 13.022/2014; Estatuto das Guardas
Lei Anticorrupção = Lei 12.846/2013
Lei da Escuta Protegida = Lei 13.431/2017
Lei da Primeira Infância = Lei 13.257/2016; Marco Legal da Primeira Infância
Lei de Crimes Ambientais = Lei 9.605/1998
Lei de Defesa do Usuário do Serviço Público = Lei 13.460/2017; Código de Defesa do Usuário
Lei de Mobilidade Urbana = Lei 12.587/2012; Política Nacional de Mobilidade Urbana
Lei de Parcelamento do Solo = Lei 6.766/1979
Lei do Governo Digital = Lei 14.129/2021
Lei do Saneamento Básico = Lei 11.445/2007; Marco Legal do Saneamento
Lei Geral do Orçamento = Lei 4.320/1964
Lei Maria da Penha = Lei 11.340/2006
Lei Orgânica da Saúde = Lei 8.080/1990
Lei Paulo Gustavo = Lei Complementar 195/2022
Marco Civil da Internet = Lei 12.965/2014
Política Nacional de Linguagem Simples = Lei 15.263/2025
Política Nacional de Proteção e Defesa Civil = Lei 12.608/2012; PNPDEC
"""
# Everyday words and those of offices and laws.
_SYNONYMS = """
alagamento = enchente; inundação
aluno = estudante
asfalto = pavimentação; recapeamento
camelô = ambulante; comércio de rua
conserto = reparo; manutenção
deficiente = pessoa com deficiência; PCD
deslizamento = desabamento; área de risco
dengue = arbovirose; Aedes aegypti
edital = instrumento convocatório
engarrafamento = congestionamento
favela = comunidade; assentamento precário
folha de pagamento = despesa com pessoal; despesas com pessoal
funcionário = servidor
gestante = grávida; pré-natal
guarda civil = guarda municipal; GCM
idoso = pessoa idosa
imposto = tributo
lixo = resíduos sólidos; coleta de lixo
médico de família = saúde da família
merenda = alimentação escolar
morador de rua = população em situação de rua; pessoa em situação de rua
ônibus escolar = transporte escolar
ônibus = transporte coletivo; transporte público
posto de saúde = unidade básica de saúde
produtor rural = agricultor; agricultura familiar
professor = docente
remédio = medicamento; fármaco
salário = remuneração; vencimento
segurança viária = segurança no trânsito
servidor público = funcionário público
terreno = lote
trânsito = tráfego
vacina = imunização; imunizante
violência contra a mulher = violência doméstica
"""


def seed() -> int:
    """Give the site its first words, if it has none. Returns how many."""
    if Expression.objects.exists():
        return 0
    made = [
        *_read(_ACRONYMS, is_acronym=True),
        *_read(_LAWS, is_acronym=False),
        *_read(_SYNONYMS, is_acronym=False),
    ]
    Expression.objects.bulk_create(made)
    return len(made)


def _read(lines: str, *, is_acronym: bool) -> list[Expression]:
    """The expressions of a list; a star marks an acronym that is a word as well."""
    found = []
    for line in lines.strip().splitlines():
        text, meanings = line.split(" = ")
        found.append(
            Expression(
                text=text.removesuffix("*"),
                is_acronym=is_acronym,
                is_word=text.endswith("*"),
                meanings="\n".join(part.strip() for part in meanings.split("|")),
            )
        )
    return found
