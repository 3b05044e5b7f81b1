/** Scripts that few languages share. Japanese comes before Chinese, whose characters it has, too. */
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ["Japanese", /[\u3041-\u30ff]/gu],
  ["Korean", /\p{Script=Hangul}/gu],
  ["Chinese", /\p{Script=Han}/gu],
  ["Ukrainian", /[іїєґ]/giu],
  ["Russian", /\p{Script=Cyrillic}/gu],
  ["Greek", /\p{Script=Greek}/gu],
  ["Arabic", /\p{Script=Arabic}/gu],
  ["Hebrew", /\p{Script=Hebrew}/gu],
];

/** Small words and word beginnings of commit messages, that the other languages do not have. */
const WORDS: readonly (readonly [string, RegExp])[] = [
  [
    "English",
    /\b(?:the|and|with|when|from|for|into|add(?:s|ed)?|fix(?:e[sd])?|remove[sd]?|update[sd]?|use|make|allow|support)\b/giu,
  ],
  [
    "German",
    /(?<![\p{L}])(?:der|die|das|und|mit|für|beim?|nicht|wird|werden|ein(?:e|en)?|auf|aus|zum|zur|von|im|hinzugefügt|entfernt|behoben|korrigiert|ergänzt|\p{L}+(?:ieren|ung|fügen|fernen|beheben))(?![\p{L}])/giu,
  ],
  [
    "French",
    /(?<![\p{L}])(?:le|la|les|des|du|et|une?|pour|dans|avec|sur|lors|ajoute?r?|ajout|corrige?r?|supprime?r?|correction|mise|à)(?![\p{L}])/giu,
  ],
  [
    "Spanish",
    /(?<![\p{L}])(?:el|los|las|del|para|con|una?|cuando|añad\p{L}+|agreg\p{L}+|corrig\p{L}+|elimin[ae]r?|actualiz\p{L}+|se|en)(?![\p{L}])/giu,
  ],
  [
    "Portuguese",
    /(?<![\p{L}])(?:do|da|dos|das|uma?|para|com|não|quando|adicion\p{L}+|corrig\p{L}+|remove[r]?|atualiz\p{L}+|ão|em|na|ao)(?![\p{L}])/giu,
  ],
  [
    "Italian",
    /(?<![\p{L}])(?:il|lo|gli|della?|dello|nel(?:la)?|per|con|aggiun\p{L}+|corre(?:gg|tt)\p{L}+|rimoss\p{L}+|rimuov\p{L}+|aggiorn\p{L}+|di|è)(?![\p{L}])/giu,
  ],
  [
    "Dutch",
    /(?<![\p{L}])(?:het|een|voor|van|niet|met|bij|toegevoegd|verwijder\p{L}*|voeg|los|werk|naar)(?![\p{L}])/giu,
  ],
  [
    "Polish",
    /(?<![\p{L}])(?:nie|dla|oraz|przy|się|dodano|dodaj|usuni\p{L}+|usuń|popraw\p{L}+|napraw\p{L}+|w|z|na|do)(?![\p{L}])/giu,
  ],
];

/** The language that most of the messages are in, by its name in English; `undefined` where nothing gives it away. */
export function languageOf(messages: readonly string[]): string | undefined {
  const text = messages.join("\n");
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const script = SCRIPTS.find(([language, pattern]) => {
    const count = text.match(pattern)?.length ?? 0;
    // Names of the code stay in Latin letters, so a part of the text is enough; of Ukrainian's own letters, a few.
    return count * (language === "Ukrainian" ? 50 : 5) >= letters && count > 0;
  });
  if (script !== undefined) return script[0];
  const counts = WORDS.map(([language, pattern]) => ({ language, count: text.match(pattern)?.length ?? 0 }));
  const best = counts.reduce((most, each) => (each.count > most.count ? each : most));
  return best.count === 0 ? undefined : best.language;
}
