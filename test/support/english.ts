/** `l10n` of the editor, without a translation. */
export const english = {
  t: (message: string, ...args: (string | number)[]) =>
    message.replace(/\{(\d+)\}/g, (place, n) => String(args[Number(n)] ?? place)),
};
