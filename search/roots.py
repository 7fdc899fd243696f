"""Which words are of one root, and which only look as if they were.

One root a line, what texts have most first. A line that begins with an infinitive is met from any
form of that verb, and its participle and gerund are looked for as well. What stands behind “|” leads
to the others and is not looked for: who types “familiares” means the family, and not the other way.
"""

ROOTS = """
abandonar abandono
abastecer abastecimento
abrigar abrigo
abrir abertura
abusar abuso
aceitar aceite aceitação
acompanhar acompanhamento
adequar adequação
aderir adesão
aditar aditivo aditamento
administrar administração
admitir admissão
adoecer adoecimento
adquirir aquisição
afastar afastamento
agendar agendamento agenda
agredir agressão agressor
agricultura agrícola agricultor
ajustar ajuste
alagar alagamento
alienar alienação
alimentar alimentação alimento
alterar alteração
alugar aluguel
ambiente ambiental
ampliar ampliação
analisar análise
apoiar apoio
aposentar aposentadoria
apreender apreensão
aprender aprendizagem aprendizado
apurar apuração
arquivar arquivamento arquivo
arrecadar arrecadação
assaltar assalto
assediar assédio
assinar assinatura
atender atendimento
atestar atesto
atrasar atraso
auditar auditoria auditor
ausente ausência
autorizar autorização
avaliar avaliação avaliador
base bases
beneficiar benefício beneficiário
bloquear bloqueio
brincar brincadeira brinquedo
buscar busca
cadastrar cadastro cadastramento
calcular cálculo
cancelar cancelamento
capacitar capacitação
captar captação
catar catador
ceder cessão
cobrar cobrança
cobrir cobertura
coletar coleta coletor
colher colheita
começar começo
compor composição
compostar compostagem
comprar compra comprador
conceder concessão
concluir conclusão
concorrer concorrência concorrente
conferir
consertar conserto
constituição constitucional
construir construção
consultar consulta
consumir consumo
contábil contábeis contabilidade
conter contenção
contar contagem
contratar contratação contrato contratante
contribuir contribuição contribuinte
controlar controle controlador
conveniar convênio
conviver convivência
coordenar coordenação coordenador
corrigir correção
corromper corrupção
cortar corte
credenciar credenciamento
crescer crescimento
cuidar cuidado cuidador
cultura cultural
cumprir cumprimento
custear custeio
debater debate
decidir decisão
declarar declaração
defender defesa
deficiente deficiência
deliberar deliberação
demandar demanda
demitir demissão
demolir demolição
denunciar denúncia denunciante
depositar depósito
depredar depredação
desabar desabamento
desapropriar desapropriação
descartar descarte
descumprir descumprimento
desenvolver desenvolvimento
designar designação
desligar desligamento
deslizar deslizamento
deslocar deslocamento
desmatar desmatamento
despejar despejo
desperdiçar desperdício
desviar desvio
devolver devolução
diagnosticar diagnóstico
difícil difíceis dificuldade
digitalizar digitalização
discutir discussão
dispensar dispensa
dispor disposição
distribuir distribuição
dividir divisão
divulgar divulgação
doar doação doador
documentar documentação documento
doente doença
dose doses
drenar drenagem
economizar economia
educar educação educacional educador
elaborar elaboração
eleger eleição eleitoral
elogiar elogio
emendar emenda
emitir emissão
empenhar empenho
empreender empreendedor empreendedorismo
emprestar empréstimo
encaminhar encaminhamento
encerrar encerramento
engravidar gravidez grávida
ensinar ensino
entregar entrega entregue
envelhecer envelhecimento
enviar envio
escola | escolar
escolher escolha
escrever escrita
escutar escuta
esporte esportivo
estacionar estacionamento
estagiar estágio estagiário
estimar estimativa
estruturar estruturação estrutura
estudar estudo
evadir evasão
examinar exame
executar execução
exigir exigência
exonerar exoneração
expor exposição
extinguir extinção
fácil fáceis facilidade
faltar falta faltoso
família | familiar
fase fases
faturar fatura faturamento
fechar fechamento
filmar filmagem
finança financeiro
financiar financiamento
fiscalizar fiscalização fiscalizador
formar formação
fornecer fornecimento fornecedor
fracionar fracionamento
fraudar fraude
frequentar frequência
fugir fuga
funcionar funcionamento
gastar gasto
gerenciar gerenciamento gerente
gerir gestão gestor
governo | governar
gratuito gratuidade
habilitar habilitação
habitação habitacional
identificar identificação
iluminar iluminação
impedir impedimento
implantar implantação
impor imposição
imprimir impressão
impugnar impugnação
imunizar imunização imunizante
incentivar incentivo
incluir inclusão inclusivo
indenizar indenização
informar informação
informatizar informatização informática
iniciar início
inovar inovação inovador
inscrever inscrição inscrito
inspecionar inspeção
instalar instalação
instruir instrução
integrar integração
interditar interdição
internar internação
inundar inundação
invadir invasão
inventariar inventário
investir investimento
isentar isenção isento
julgar julgamento
justificar justificativa
lançar lançamento
lavar lavagem
legislar legislação
ler leitura leitor
liberar liberação
licenciar licenciamento
licitar licitação licitante licitatório
limpar limpeza limpo
lotear loteamento
manter manutenção
marcar marcação
matricular matrícula
mediar mediação mediador
medicar medicação medicamento
medir medição
melhorar melhoria melhoramento
merenda merendeiro
montar montagem
morar moradia morador
morrer morte mortalidade
mudar mudança
multar multa
município | municipal
nascer nascimento
negligente negligência
nomear nomeação
obrigar obrigação obrigatório
ocupar ocupação
oferecer oferta
omitir omissão
opinar opinião
orçamento orçamentário | orçar orçado orçando orçou
ordenar ordenação ordenamento
ouvir
pagar pagamento
palestrar palestra palestrante
participar participação participante participativo
patrocinar patrocínio
pavimentar pavimentação pavimento
pedagogia pedagógico pedagogo
pedir pedido
perder perda
perseguir perseguição
pesar pesagem
pescar pesca pescador
pesquisar pesquisa pesquisador
planejar planejamento
plantar plantio plantação
podar poda
poluir poluição poluente
preencher preenchimento
premiar premiação prêmio
prestar prestação prestador
prevenir prevenção preventivo
prever previsão
previdência previdenciário
produzir produção produtor produtivo
proibir proibição
promover promoção
propor proposta proposição
proteger proteção protetivo
protestar protesto
protocolar protocolo
prover provimento
publicar publicação
punir punição
queimar queimada
queixar queixa
quitar quitação
ratear rateio
reajustar reajuste reajustamento
recapear recapeamento
receber recebimento
reciclar reciclagem
reclamar reclamação
recolher recolhimento
reconhecer reconhecimento
recuperar recuperação
reduzir redução
reequilibrar reequilíbrio
refazer
reformar reforma
registrar registro
regulamentar regulamentação regulamento
regulação regulatório | regulado
remover remoção
renunciar renúncia
reparar reparo reparação
repassar repasse
representar representação representante
requerer requerimento requerente
rescindir rescisão
reservar reserva
responder resposta
ressarcir ressarcimento
restituir restituição
reter retenção
retirar retirada
retomar retomada
reunir reunião
rever revisão
roubar roubo
sacar saque
sancionar sanção
sanear saneamento
selecionar seleção
sepultar sepultamento
sinalizar sinalização
solicitar solicitação solicitante
subsidiar subsídio
substituir substituição
sugerir sugestão
supervisionar supervisão supervisor
suprir suprimento
suspender suspensão
sustentável sustentabilidade
terceirizar terceirização
tese teses
tombar tombamento
traduzir tradução
tramitar tramitação
transferir transferência
transmitir transmissão
transparente transparência
transportar transporte
tratar tratamento
trazer
triar triagem
tributar tributação tributo tributário
trocar troca
turismo turístico turista
urbanismo urbanístico
vacinar vacina vacinação vacinador
vale vales
varrer varrição varredor
vazar vazamento
vedar vedação
vender venda vendedor
viajar viagem
vigiar vigilância vigilante
vincular vinculação vínculo
violento violência
visitar visita visitação visitante
vistoriar vistoria
votar voto votação
vulnerável vulnerabilidade
"""
# Words that are like a form of a verb, or like something small, and are of another root.
OTHER_WORDS = """
alvará apartamento aparto aplicativo auxiliar avenida ácido área banca banco base calça calçada
camada caminho campainha casa caso cedo celular cena circular complementar comprido conta conteúdo
conto cozinha cria curricular custo dado data delegado departamento deputado década disciplinar
ditado dito dívida domiciliar doutorado edital entrada era escada estação estado estrada exemplar
fachada fala farinha feriado fila fiscal foco folha forma foro frequente fundo galinha gesto grava
hospitalar impasse imposto interesse interno jornada lance lazer lei leito linha lixa lixo líquido
lote lugar madrugada mandato marca marco março marido marinha medo mercado mestrado meta média
médico militar mora muda mulher museu negócio nota nuclear obra ouvido palco para pare parlamentar
parlamento parte particular partido pauta pena perca pilar pilha plano planta pode podem podemos
população popular porta portaria porto posto praga prazer preliminar prévia privado prova provisão
público quadrado qualquer quando rainha rápido reformado regra regular relação renda resumido rua
sala salgado saúde sábado são secretaria senado sentido serve serviço servidor similar situação
social solar soldado soma sólido suplementar tecido tem testamento tira titular tonelada uso úmido
vaga vara válido verão via vias vida vista visto vizinho volta
"""
