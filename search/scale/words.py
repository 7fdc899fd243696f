"""The words of invented pages: of municipal work, the frequent ones first where it matters.

A page that is invented must be a wrong answer to whatever people look for in the demo library. So a
title names only subjects and acronyms that no page of that library is about; the text may mention
anything in passing, as real texts do.
"""


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines())


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


KINDS = {
    "guia": "Guia",
    "artigo": "Artigo",
    "cartilha": "Cartilha",
    "caso": "Caso",
    "modelo": "Modelo",
}
THEMES = {
    "financas": "Finanças públicas",
    "educacao": "Educação",
    "saude": "Saúde",
    "planejamento-urbano": "Planejamento urbano",
    "seguranca": "Segurança",
}
SUBJECTS = {
    "financas": _lines("""
        a folha de pagamento
        o almoxarifado central
        a frota de veículos
        o inventário de bens móveis
        a cobrança da dívida ativa
        a nota fiscal eletrônica
        a previdência dos aposentados
        o concurso público
        o estágio probatório
        o leilão de sucata
        a contabilidade de consórcios
        o cadastro imobiliário"""),
    "educacao": _lines("""
        a biblioteca da escola
        a educação de jovens e adultos
        o laboratório de ciências
        a horta pedagógica
        o grêmio estudantil
        a banda de música
        o reforço de matemática
        a sala de recursos
        o uniforme dos alunos
        a olimpíada de robótica"""),
    "saude": _lines("""
        a vigilância sanitária
        o controle de zoonoses
        a saúde bucal
        o pronto atendimento
        a reabilitação física
        o banco de leite
        a saúde do trabalhador
        o transporte de pacientes
        a castração de animais
        o laboratório de análises"""),
    "planejamento-urbano": _lines("""
        o cemitério público
        a feira livre
        a coleta seletiva
        o parque linear
        a ciclovia do centro
        a regularização de loteamentos
        o licenciamento de antenas
        a drenagem de córregos
        o mercado municipal
        o mobiliário das avenidas
        a habitação popular"""),
    "seguranca": _lines("""
        a brigada de incêndio
        o videomonitoramento
        a fiscalização de eventos
        o estacionamento rotativo
        a travessia de escolares
        o semáforo inteligente
        o socorro em represas
        o controle de acesso
        a central de rádio"""),
}
ABOUT = _words("""
    SIAFIC MCASP PCASP CAUC CAPAG ITR CDA NFS-e OSCIP PMI SICAF SINAPI BDI PNATE PDDE BNCC EJA AEE
    SAEB SAMU CAPS UPA RAPS TFD CNES PAIF PAEFI SCFV FNAS RPPS RGPS CRP RJU PCCS eSocial PMSB PNRS
    MCMV REURB SINISA ODS ENAP CNM BPC
""")
IN_PASSING = _words("""
    LRF LOA LDO PPA RREO RGF RCL IPTU ISS ICMS FPM LAI LGPD CGU TCU TCE FUNDEB PNAE FNDE CAE CACS
    IDEB LDB SUS UBS ACS SIOPS SIOPE SUAS CRAS CREAS CadÚnico PNCP ETP TR DFD PCA SRP ARP COSIP ECA
    VAAT VAAR SEI MPF IBGE
""")
LAWS = _lines("""
    Lei nº 14.133/2021
    Lei Complementar nº 101/2000
    Lei nº 12.527/2011
    Lei nº 13.709/2018
    Lei nº 14.113/2020
    Lei nº 13.460/2017
    Lei nº 11.947/2009
    Lei nº 8.080/1990
    Lei nº 9.394/1996
    Lei nº 4.320/1964
    Lei nº 10.257/2001
    Lei nº 8.069/1990
    Lei nº 11.340/2006
    Lei nº 13.022/2014
    Lei nº 12.305/2010
    Lei nº 11.445/2007
    Lei nº 13.019/2014
    Decreto nº 7.508/2011
    Lei Complementar nº 141/2012
    Lei Complementar nº 123/2006
""")
VERBS = _lines("""
    Como organizar
    Como medir
    Como contratar
    Como avaliar
    Como modernizar
    Como planejar
    Como divulgar
    Como reformar
    Como reduzir o custo com
    Como melhorar
    O que revisar com
    O que perguntar antes de mudar
    Dez lições com
    Um ano com
""")
PLACES = {
    "Abaetetuba": "PA", "Açailândia": "MA", "Água Boa": "MT", "Alfenas": "MG", "Altamira": "PA",
    "Apucarana": "PR", "Araripina": "PE", "Arcoverde": "PE", "Assis": "SP", "Bagé": "RS",
    "Balsas": "MA", "Barbacena": "MG", "Barreiras": "BA", "Bento Gonçalves": "RS", "Birigui": "SP",
    "Cabedelo": "PB", "Cáceres": "MT", "Caicó": "RN", "Cajazeiras": "PB", "Canindé": "CE",
    "Catalão": "GO", "Chapecó": "SC", "Corumbá": "MS", "Crateús": "CE", "Cruzeiro do Sul": "AC",
    "Currais Novos": "RN", "Divinópolis": "MG", "Floriano": "PI", "Garanhuns": "PE", "Gurupi": "TO",
    "Ijuí": "RS", "Itabaiana": "SE", "Itacoatiara": "AM", "Itapipoca": "CE", "Jataí": "GO",
    "Ji-Paraná": "RO", "Juazeiro": "BA", "Lages": "SC", "Linhares": "ES", "Macaíba": "RN",
    "Mossoró": "RN", "Muriaé": "MG", "Oiapoque": "AP", "Ourinhos": "SP", "Palmas": "TO",
    "Paranavaí": "PR", "Parintins": "AM", "Passos": "MG", "Patos": "PB", "Penedo": "AL",
    "Picos": "PI", "Quixadá": "CE", "Rio Verde": "GO", "Rorainópolis": "RR", "Sinop": "MT",
    "Tefé": "AM", "Toledo": "PR", "Três Lagoas": "MS", "Ubá": "MG", "Vilhena": "RO",
}  # fmt: skip
NOUNS = _words("""
    equipe prefeitura secretaria trabalho município serviço reunião prazo pessoa documento rua cidade
    bairro processo projeto plano família ano dia mês semana valor número dado lista registro pedido
    resposta atendimento servidor servidora setor chefia contrato compra licitação empresa nota fiscal
    orçamento despesa receita imposto repasse conta relatório conselho ata decisão voto audiência
    convite mapa planilha coluna linha tabela medida metro calçada árvore poste lâmpada iluminação
    praça ponto ônibus linha rota escola creche vaga fila matrícula criança aluno professora diretora
    merenda cardápio agricultor alimento posto unidade agenda consulta senha madrugada enfermeira
    médico agente visita casa caderno remédio estoque farmácia vacina sala dose hospital guarda
    patrulha abordagem ocorrência violência denúncia ouvidoria protocolo manifestação cadastro renda
    benefício balcão cartaz aviso carta linguagem formulário assinatura procuradoria controle
    auditoria tribunal câmara vereador prefeito gestor portaria decreto lei artigo norma regra
    critério transparência informação recurso sigilo proteção chuva abrigo risco defesa simulado obra
    material equipamento veículo motorista combustível manutenção garantia entrega recebimento
    fornecedor preço pesquisa cotação edital empenho pagamento liquidação fundo convênio meta
    indicador resultado avaliação curso oficina capacitação rede parceria comunidade morador idoso
    jovem mulher pessoa deficiência acessibilidade rampa sinalização velocidade trânsito moto
    bicicleta pedestre terreno lote zona imóvel taxa alvará comércio feira limpeza lixo coleta
    resíduo água esgoto energia internet sistema telefone computador arquivo cópia ficha modelo
    cartilha vídeo entrevista jornal rádio cultura esporte turismo museu teatro quadra piscina
    campeonato viveiro parque rio ponte estrada zona sede gabinete comissão mandato posse suplente
    quórum regimento calendário etapa tarefa cronograma responsável história memória experiência
    problema solução causa motivo erro acerto mudança começo fim parte exemplo caso pergunta ideia
""")
ADJECTIVES = _words("""
    municipal público novo pequeno grande local simples claro mensal anual escrito aberto diário
    semanal rural urbano social escolar básico técnico interno externo comum próprio federal estadual
    antigo recente principal final inicial completo parcial provisório definitivo digital impresso
    coletivo gratuito regular urgente disponível responsável possível necessário suficiente visível
    legível acessível seguro caro barato longo curto alto baixo médio total oficial informal
""")
ACTIONS = _words("""
    organiza acompanha registra confere publica recebe entrega prepara discute revisa mede compara
    apresenta responde encaminha aprova assina guarda consulta atende visita explica escreve lê
    corrige anota calcula soma divide planeja contrata compra paga fiscaliza avalia ouve convida
    reúne treina orienta protege acolhe busca encontra perde muda melhora reduz aumenta mantém cuida
    instala conserta limpa abre fecha começa termina adia cobra exige permite proíbe depende
""")
SURNAMES = _words("""
    Almeida Barros Cardoso Duarte Esteves Farias Guedes Holanda Ibiapina Jardim Klein Lacerda Macedo
    Nunes Oliveira Pacheco Queiroz Ramalho Sampaio Teles Uchoa Vasconcelos Werneck Xavier Zanetti
""")
FIRST_NAMES = _words("""
    Adriana Bruno Carla Diego Elisa Fábio Gisele Hugo Iara Jonas Kátia Lucas Mirela Nilton Olga Paulo
    Raquel Sílvio Telma Ulisses Vera Wagner
""")
SYLLABLES = _words("""
    ba be bo ca ce cu da de do fa fe ga go gua im ja ji jo ju la le lo ma me mi mo na ne nho pa pi po
    qui ra re ri ro ru sa ta te ti to tu ua va ve vi
""")
