/** Bytes, or UTF-16 units of a text, in a kibibyte, mebibyte and gibibyte. */
export const KiB = 1024;
export const MiB = 1024 ** 2;
export const GiB = 1024 ** 3;
