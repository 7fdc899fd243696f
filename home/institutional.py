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
                "<p>Publicamos trilhas, guias, casos de cidades, entrevistas, modelos e um podcast. Quem escreve é quem "
                "faz. Quem revisa é outra pessoa da área, e o nome das duas fica na página.</p>",
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
        "Para ler, ouvir e baixar, não pedimos nada e não guardamos nada sobre você.",
        [
            ("heading", "Quem só lê"),
            (
                "text",
                "<p>As páginas públicas não gravam cookie, não têm anúncio nem rastreador e não buscam "
                "nada em outro endereço. O que você marca como feito em uma trilha fica no seu "
                "navegador. Se você limpar os dados do navegador, a marca some.</p>",
            ),
            ("heading", "Quem tem conta"),
            (
                "text",
                "<p>Guardamos o seu e-mail, o nome que você escolheu e a senha cifrada. Um cookie "
                "mantém a sessão aberta e outro lembra que você entrou. Não usamos esses dados para "
                "mais nada e não os entregamos a ninguém, salvo por ordem judicial.</p>",
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
}
