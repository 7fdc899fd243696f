// The feed on standard input, as two libraries read it on which apps are built; JSON on standard output.
import { readFileSync } from "node:fs";
import { parseRssFeed } from "feedsmith";
import partytime from "podcast-partytime";

const xml = readFileSync(0, "utf-8");
console.log(JSON.stringify({ partytime: partytime.parseFeed(xml), feedsmith: parseRssFeed(xml) }));
