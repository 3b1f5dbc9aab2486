const LINE_ENDS = /[\n\v\f\r\u0085\u2028\u2029]/g;

/**
 * What steers those who show a text and shows nothing itself: control characters but for the tab, what turns the
 * direction of a text around (https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters), and what has no
 * width, but for the joiners that some scripts need.
 */
const STEERING =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** A text of the workspace as it may be shown: on one line, with a mark for all that would steer, as long as before. */
export function harmless(text: string): string {
  return text.replace(LINE_ENDS, ' ').replace(STEERING, '\ufffd');
}

/** What {@link escapeMarkdown} and the bold words and links around it look like where Markdown is not shown as such. */
export function withoutMarkup(markdown: string): string {
  return markdown.replace(/\\(.)|\*\*|\[|\]\([^()\s]*\)/g, '$1');
}

/**
 * A text of the workspace as it may stand in Markdown. Nothing in it becomes markup, nor a link that editors make by
 * themselves: https://spec.commonmark.org/0.31.2/#backslash-escapes, https://github.github.com/gfm/#autolinks-extension-
 * Parentheses are left as they are: they mean something only behind a bracket, and not all editors hide the escapes.
 */
export function escapeMarkdown(text: string): string {
  const line = harmless(text.replace(/\s+/g, ' '));
  return line.replace(/[\\`*_{}[\]#+!|<>~&@]|:(?=\/\/)|(?<=mailto|xmpp):/gi, '\\$&').replace(/www(?=\.)/gi, '$&\\');
}
