export const bombs: Readonly<Record<string, string>>;
