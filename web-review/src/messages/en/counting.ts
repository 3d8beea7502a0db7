const plural = new Intl.PluralRules("en");

export const count = (n: number, one: string, other: string) =>
  `${new Intl.NumberFormat().format(n)} ${plural.select(n) === "one" ? one : other}`;

export const list = new Intl.ListFormat("en");
