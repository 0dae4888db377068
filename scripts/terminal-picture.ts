/** Colors of a dark terminal, by their code for the foreground. */
const COLORS: Readonly<Record<string, string>> = {
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  34: '#79c0ff',
  35: '#d2a8ff',
  36: '#76e3ea',
  90: '#8b949e',
};
const [FOREGROUND, BACKGROUND] = ['#e6edf3', '#0d1117'];
/** Of a character of 13 px, and of a line. */
const [WIDTH, HEIGHT] = [7.83, 19];
const PADDING = 16;

/** Blanks next to each other would be one. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(' ', '\u00a0');

/**
 * Draws the output of a command as SVG, in the monospace font of the reader.
 *
 * @param output text with the colors and bold text that picocolors writes
 */
export function terminalPicture(output: string): string {
  let [fill, weight] = [FOREGROUND, 'normal'];
  let widest = 0;
  const lines = output.trimEnd().split('\n');
  const texts = lines.map((line, index) => {
    let column = 0;
    const spans = line.split(/(\u001b\[\d+m)/).map((part) => {
      const code = /^\u001b\[(\d+)m$/.exec(part)?.[1];
      if (code === undefined) {
        column += part.length;
        return part && `<tspan fill="${fill}" font-weight="${weight}">${escaped(part)}</tspan>`;
      }
      if (code === '1') weight = 'bold';
      else if (code === '22') weight = 'normal';
      else fill = COLORS[code] ?? FOREGROUND;
      return '';
    });
    widest = Math.max(widest, column);
    return `<text x="${PADDING}" y="${PADDING + HEIGHT * (index + 0.75)}">${spans.join('')}</text>`;
  });
  const [width, height] = [widest * WIDTH + 2 * PADDING, lines.length * HEIGHT + 2 * PADDING].map(Math.ceil);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    '  font-family="ui-monospace, Menlo, Consolas, monospace" font-size="13">',
    `<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>`,
    ...texts,
    '</svg>',
    '',
  ].join('\n');
}
