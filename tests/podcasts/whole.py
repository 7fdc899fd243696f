"""A feed in which nothing is to be put right: what the checker is tried on."""

WHOLE = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule"
 xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0">
<channel>
<title>Expediente Aberto</title>
<description>Conversas sobre o trabalho de todo dia.</description>
<link>https://rede.example/podcasts/expediente-aberto/</link>
<atom:link rel="self" type="application/rss+xml" href="https://rede.example/feed.xml"/>
<language>pt-br</language>
<lastBuildDate>Tue, 03 Nov 2026 11:00:00 +0000</lastBuildDate>
<itunes:author>Rede Aberta</itunes:author>
<itunes:explicit>false</itunes:explicit>
<itunes:image href="https://rede.example/arte/a.png"/>
<itunes:category text="Education"><itunes:category text="Courses"/></itunes:category>
<itunes:owner><itunes:name>Rede</itunes:name><itunes:email>a@rede.example</itunes:email></itunes:owner>
<itunes:type>episodic</itunes:type>
<itunes:complete>yes</itunes:complete>
<podcast:guid>9b024349-ccf0-5f69-a609-6b82873eab3c</podcast:guid>
<podcast:locked owner="a@rede.example">yes</podcast:locked>
<podcast:medium>podcast</podcast:medium>
<podcast:updateFrequency rrule="FREQ=MONTHLY;BYDAY=1TU">todo mês</podcast:updateFrequency>
<podcast:license url="https://creativecommons.org/licenses/by-sa/4.0/">cc-by-sa-4.0</podcast:license>
<podcast:person role="host" group="cast" href="https://rede.example/pessoas/ana/">Ana</podcast:person>
<podcast:trailer url="https://rede.example/t.mp3" pubdate="Mon, 02 Nov 2026 11:00:00 +0000"
 length="99" type="audio/mpeg" season="1">Chamada</podcast:trailer>
<podcast:location geo="geo:-23.6864,-46.6228">Diadema, São Paulo</podcast:location>
<podcast:funding url="https://rede.example/apoie/">Apoie o programa</podcast:funding>
<podcast:txt purpose="verify">rede-4f2a</podcast:txt>
<podcast:podroll><podcast:remoteItem feedGuid="917393e3-1b1e-5cef-ace4-edaa54e1f810"
 feedUrl="https://outro.example/feed.xml" title="Outro"/></podcast:podroll>
<item>
<title>Empenho não é pagamento</title>
<link>https://rede.example/podcasts/expediente-aberto/empenho/</link>
<description>Um resumo.</description>
<guid isPermaLink="false">0d6bca2f-6f2c-4f43-9a2f-0b7a53f1a1aa</guid>
<pubDate>Tue, 03 Nov 2026 11:00:00 +0000</pubDate>
<enclosure url="https://rede.example/audio/1.mp3" length="1000" type="audio/mpeg"/>
<itunes:duration>157</itunes:duration>
<itunes:explicit>false</itunes:explicit>
<itunes:episodeType>full</itunes:episodeType>
<itunes:image href="https://rede.example/arte/a.png"/>
<itunes:season>1</itunes:season>
<podcast:season name="Dinheiro">1</podcast:season>
<itunes:episode>3</itunes:episode>
<podcast:episode>3</podcast:episode>
<podcast:transcript url="https://rede.example/1.vtt" type="text/vtt" language="pt-br"/>
<podcast:transcript url="https://rede.example/1.srt" type="application/x-subrip"/>
<podcast:chapters url="https://rede.example/1.json" type="application/json+chapters"/>
<podcast:alternateEnclosure type="audio/ogg" length="500" bitrate="32000">
<podcast:source uri="https://rede.example/audio/1.opus"/></podcast:alternateEnclosure>
<podcast:license url="https://creativecommons.org/licenses/by/4.0/">cc-by-4.0</podcast:license>
<creativeCommons:license>https://creativecommons.org/licenses/by/4.0/</creativeCommons:license>
<podcast:person role="host" group="cast">Ana</podcast:person>
<podcast:person role="guest" group="cast">Helena</podcast:person>
</item>
<item>
<title>A agenda era o problema</title>
<link>https://rede.example/podcasts/expediente-aberto/agenda/</link>
<description>Outro resumo.</description>
<guid isPermaLink="false">1d6bca2f-6f2c-4f43-9a2f-0b7a53f1a1aa</guid>
<pubDate>Tue, 06 Oct 2026 11:00:00 GMT</pubDate>
<enclosure url="https://rede.example/audio/2.m4a" length="2000" type="audio/x-m4a"/>
<itunes:duration>201</itunes:duration>
<itunes:explicit>true</itunes:explicit>
<itunes:image href="https://rede.example/arte/a.png"/>
<podcast:transcript url="https://rede.example/2.vtt" type="text/vtt"/>
<podcast:license url="https://creativecommons.org/publicdomain/zero/1.0/">cc0-1.0</podcast:license>
</item>
</channel>
</rss>
"""
