/**
 * What crawlers and other programs that fetch pages unasked call themselves in their user agent, in lower case: those of
 * search engines, of language models, of previews in chats and feeds, of archives, of trackers of links, and of monitors.
 *
 * They are names that the list of crawlers `crawler-user-agents` has too, in its version 1.60.0, whose newest entry is of
 * 6 August 2026. That list has 1,500 more, and a program may claim any name: whoever hides is not found here.
 *
 * @see https://github.com/monperrus/crawler-user-agents
 */
export const CRAWLERS: readonly string[] = [
  ...["googlebot", "adsbot-google", "mediapartners-google", "storebot-google", "googleother"],
  ...["google-inspectiontool", "bingbot", "bingpreview", "adidxbot", "slurp", "duckduckbot"],
  ...["baiduspider", "yandexbot", "yandeximages", "applebot", "petalbot", "seznambot", "sogou"],
  ...["yeti/", "mail.ru_bot", "coccocbot", "qwantbot", "mojeekbot"],
  ...["gptbot", "oai-searchbot", "chatgpt-user", "claudebot", "claude-user", "claude-searchbot"],
  ...["perplexitybot", "amazonbot", "bytespider", "ccbot", "meta-externalagent", "timpibot"],
  ...["imagesiftbot", "diffbot"],
  ...["facebookexternalhit", "twitterbot", "linkedinbot", "pinterestbot", "slackbot"],
  ...["discordbot", "telegrambot", "whatsapp"],
  ...["archive.org_bot", "ia_archiver"],
  ...["ahrefsbot", "semrushbot", "mj12bot", "dotbot", "blexbot", "dataforseobot", "serpstatbot"],
  ...["barkrowler"],
  ...["uptimerobot", "pingdom"],
];

/**
 * Whether a user agent has the name of a crawler in it, in whatever case.
 *
 * @example A crawler
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { isCrawler } from "./crawlers.ts";
 *
 * assertEquals(isCrawler("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"), true);
 * assertEquals(isCrawler("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"), false);
 * ```
 */
export function isCrawler(userAgent: string): boolean {
  const text = userAgent.toLowerCase();
  return CRAWLERS.some((name) => text.includes(name));
}
