const { engines } = require('../../package.json');

/**
 * npm puts the Node that `npm ci` installed before that of the machine. Where it was left out (--ignore-scripts, a
 * platform without one), an older Node would read some encodings wrong and fail in the middle of a workbook.
 * Written so that an old Node can read it.
 * @param {string} version of Node
 * @returns {string} a sentence, or nothing where this Node will do
 */
function complaint(version) {
  const wanted = Number.parseInt(engines.node, 10);
  if (Number.parseInt(version, 10) >= wanted) return '';
  return `Sluice needs Node ${wanted}, and this is Node ${version}: run “npm ci”, which brings its own, or install Node ${wanted} (https://nodejs.org).`;
}

module.exports = { complaint };

if (require.main === module) {
  const said = complaint(process.versions.node);
  if (said) {
    process.stderr.write(`${said}\n`);
    process.exit(1);
  }
}
