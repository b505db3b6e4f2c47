/** A value of a picture with its unit, to as many digits as can be told apart. */
export function value(number, unit = '') {
  if (number === null || number === undefined || Number.isNaN(number)) {
    return 'no number';
  }
  const size = Math.abs(number);
  const text = Number.isInteger(number) && size < 1e7 ? String(number) : size !== 0 && (size < 1e-3 || size >= 1e6) ? number.toExponential(3) : Number(number.toPrecision(5)).toString();
  return unit ? `${text} ${unit}` : text;
}
