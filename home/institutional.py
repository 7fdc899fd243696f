"""The institutional texts with which a new site begins. An administrator rewrites them."""

from typing import Any

Body = list[tuple[str, Any]]

TEXTS: dict[str, tuple[str, str, Body]] = {
    "sobre": (
        "Quem somos",
        "Uma rede de servidores públicos que escreve o que aprendeu, para que outra cidade não "
        "precise começar do zero.",
        [
            (
                "text",
                "<p>Todo dia, em alguma prefeitura, alguém resolve um problema que outra pessoa ainda "
                "vai ter: a fila da creche, a pesquisa de preços que não fecha, a reunião em que "
                "ninguém aparece. A Rede Aberta existe para que essa solução não morra na gaveta.</p>"
                "<p>Publicamos trilhas, guias, cartilhas, vídeos, entrevistas, casos, modelos e um "
                "podcast. Quem escreve é quem faz. Quem revisa é outra pessoa da "
                "área, e o nome das duas fica na página.</p>",
            ),
            ("heading", "Pode copiar"),
            (
                "text",
                "<p>Cada material diz a sua licença. A da casa é a Creative Commons "
                "Atribuição-NãoComercial 4.0: qualquer pessoa ou prefeitura pode copiar, adaptar e "
                "distribuir sem pedir, desde que diga de onde veio e não venda. Veja "
                '<a href="/licencas/">o que cada licença permite</a>.</p>',
            ),
            ("heading", "Como um material chega aqui"),
            (
                "text",
                "<ol><li>Alguém escreve um rascunho, com as fontes.</li>"
                "<li>Outra pessoa revisa: confere a norma, o número e a clareza.</li>"
                "<li>O sistema só publica o que tem licença, crédito e descrição de imagem.</li>"
                "<li>Se algo muda, o endereço continua valendo e leva ao texto atual.</li></ol>",
            ),
            ("heading", "O código também é aberto"),
            (
                "text",
                "<p>O sistema que você está usando é software livre (AGPL 3.0 ou posterior). Outra "
                "cidade pode instalar o seu, e melhorar o nosso.</p>",
            ),
        ],
    ),
    "privacidade": (
        "Privacidade",
        "Para ler, ouvir e baixar, não pedimos nada e não guardamos quem você é.",
        [
            ("heading", "Quem só lê"),
            (
                "text",
                "<p>As páginas públicas não gravam cookie, não têm anúncio nem rastreador e não buscam "
                "nada em outro endereço. O que você marca como feito em uma trilha fica no seu "
                "navegador. Se você limpar os dados do navegador, a marca some.</p>",
            ),
            ("heading", "Quem busca"),
            (
                "text",
                "<p>Contamos quantas vezes por dia cada busca foi feita, para saber o que falta no "
                "acervo. Só guardamos a que se repete no mesmo dia, sem dizer quem buscou. Buscas com "
                "nome de pessoa, e-mail, documento ou telefone não são contadas.</p>"
                "<p>Quando você sai dos resultados, o navegador nos diz só se algum foi aberto. Ele não "
                "diz qual, nem quem você é. Somamos as respostas para saber que buscas não ajudam. Se "
                "você pede ao navegador para não ser seguido, ele não diz nada.</p>",
            ),
            ("heading", "Quem ouve os podcasts"),
            (
                "text",
                "<p>Contamos quantas vezes cada episódio é baixado. Para não contar a mesma pessoa duas "
                "vezes no dia, fazemos um código do endereço e do aplicativo. O segredo desse código "
                "muda todo dia e é apagado. Não guardamos o endereço, e depois ninguém sabe quem "
                "ouviu.</p>",
            ),
            ("heading", "Quem tem conta"),
            (
                "text",
                "<p>Guardamos o seu e-mail, o nome que você escolheu e a senha cifrada. Um cookie "
                "mantém a sessão aberta e outro lembra que você entrou. Não usamos esses dados para "
                "mais nada e não os entregamos a ninguém, salvo por ordem judicial.</p>",
            ),
            ("heading", "Quem é convidado a ler um rascunho"),
            (
                "text",
                "<p>Guardamos o nome, o e-mail, se houver, e os comentários de quem recebe um link. "
                "Tudo é apagado 90 dias depois que o link deixa de valer.</p>",
            ),
            ("heading", "O que a lei manda guardar"),
            (
                "text",
                "<p>O Marco Civil da Internet (Lei nº 12.965/2014, art. 15) obriga a guardar os "
                "registros de acesso por seis meses, sob sigilo. Eles ficam separados de tudo o "
                "mais e são apagados depois.</p>",
            ),
            ("heading", "Seus direitos"),
            (
                "text",
                "<p>Pela Lei Geral de Proteção de Dados (Lei nº 13.709/2018, art. 18), você pode pedir "
                "acesso, correção e exclusão do que temos sobre você. Escreva ao encarregado de "
                "dados: o nome e o e-mail estão no pé desta página.</p>",
            ),
        ],
    ),
    "politica-de-educacao-aberta": (
        "Política de educação aberta",
        "O que prometemos a quem lê, copia e adapta, e o que pedimos a quem escreve aqui.",
        [
            (
                "text",
                "<p>O que a administração pública aprende com dinheiro público deve servir a todas as "
                "cidades. Por isso publicamos recursos educacionais abertos, no sentido da "
                "Recomendação da UNESCO de 2019: materiais que qualquer pessoa pode usar, guardar, "
                "adaptar e passar adiante, de graça.</p>",
            ),
            ("heading", "O que prometemos"),
            (
                "text",
                "<ul><li>Ler, ouvir e baixar não custa nada e não pede conta.</li>"
                "<li>Todo material diz a sua licença, por escrito e em formato que máquinas leem.</li>"
                "<li>O crédito vem pronto para colar, com autoria, endereço e licença.</li>"
                "<li>Sempre que existe um arquivo, ele pode ser baixado. Não pomos trava em nenhum.</li>"
                "<li>O endereço de um material não morre. Se ele muda de lugar, o antigo leva ao novo; "
                "se sai do ar, a página diz por quê.</li></ul>",
            ),
            ("heading", "A licença da casa"),
            (
                "text",
                "<p>Salvo aviso na página, usamos a Creative Commons Atribuição-NãoComercial 4.0. Você "
                "pode copiar e adaptar, desde que diga de onde veio e não ganhe dinheiro com o "
                "material. Quem escreve pode escolher outra licença aberta. Não publicamos material "
                "com todos os direitos reservados.</p>"
                "<p>Não comercial fala do uso. Uma escola particular pode usar um guia na formação dos "
                "seus professores. Vender o guia, por um órgão público que seja, não pode. "
                '<a href="/licencas/">Veja o que cada licença permite</a>.</p>',
            ),
            ("heading", "Licença não se revoga"),
            (
                "text",
                "<p>Se mudarmos a licença de um material, a mudança vale dali em diante. Quem copiou "
                "antes continua com o que recebeu. A página mostra que licença valia, e até quando.</p>",
            ),
            ("heading", "O que é dos outros"),
            (
                "text",
                "<p>Citamos obras de terceiros com o crédito e a licença de cada uma. Ao adaptar, só "
                "combinamos licenças que podem ficar juntas e dizemos o que mudou. O sistema confere "
                "isso antes de publicar. A lei que nos rege é a de direitos autorais (Lei nº "
                "9.610/1998).</p>"
                "<p>Encontrou aqui algo seu, publicado sem o seu acordo? Escreva para o contato no pé "
                "da página. O arquivo sai do ar assim que confirmamos o pedido, e a página diz que "
                "ele saiu.</p>",
            ),
            ("heading", "O que pedimos a quem adapta"),
            (
                "text",
                "<ul><li>Copie o crédito inteiro, com o endereço da licença.</li>"
                "<li>Diga o que você mudou e guarde as mudanças que já vinham declaradas.</li>"
                "<li>Não dê a entender que a autora ou a rede aprova a sua versão.</li>"
                "<li>Troque números, nomes e prazos pelos da sua cidade antes de distribuir.</li>"
                "<li>Se puder, conte para nós: o original passa a mostrar a sua versão.</li></ul>",
            ),
            ("heading", "O que pedimos a quem escreve"),
            (
                "text",
                "<ul><li>Publique o que é seu, ou o que você tem permissão para usar.</li>"
                "<li>Ponha o nome de todos que fizeram, revisaram e ilustraram. Quem não quer aparecer "
                "não aparece.</li>"
                "<li>Descreva as imagens e transcreva o que é falado.</li>"
                "<li>Guarde o arquivo que dá para editar, não só o que dá para imprimir.</li></ul>",
            ),
            ("heading", "Formatos e programas"),
            (
                "text",
                "<p>Preferimos formatos abertos, que se leem sem comprar programa. O sistema é software "
                "livre, e o catálogo pode ser colhido por outras bibliotecas.</p>",
            ),
            ("heading", "Como esta política muda"),
            (
                "text",
                "<p>Revemos este texto uma vez por ano. Se algo aqui não corresponde ao que você "
                "encontrou no acervo, avise: o erro é nosso.</p>",
            ),
        ],
    ),
}
