/** The items of a list given in one text: separated by commas or line ends, empty ones dropped. */
export function list(text: string): string[] {
  return text
    .split(/[,\r\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
