// Holds a source tree to rules.json: every #include line, every DEPENDS list, and the words that some parts must do without.
// Reads files, changes nothing, knows no compiler.

import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const roots = ['shared', 'server', 'client', 'bots', 'bake', 'tools'];

/** All files below `dir` whose name matches, as paths relative to `root`, sorted. */
function filesBelow(root, dir, pattern) {
  const found = [];
  if (!existsSync(path.join(root, dir))) return found;
  for (const name of readdirSync(path.join(root, dir)).sort()) {
    const relative = path.join(dir, name);
    if (statSync(path.join(root, relative)).isDirectory()) found.push(...filesBelow(root, relative, pattern));
    else if (pattern.test(name)) found.push(relative);
  }
  return found;
}

const isBelow = (file, dir) => file.startsWith(dir + '/');

/** The innermost module of the table that a file belongs to. */
function moduleOf(file, rules) {
  return rules.modules.filter((module) => isBelow(file, module.dir)).sort((a, b) => b.dir.length - a.dir.length)[0];
}

/** Comments and literals become blanks, line breaks stay: what is left is code. */
export function codeOf(text) {
  const blank = (part) => part.replace(/[^\n]/g, ' ');
  return text.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'/g, (part, offset) =>
    // 1'000'000 is a number, not a character.
    part[0] === "'" && /\w/.test(text[offset - 1] ?? '') ? part : blank(part));
}

/** Which target a quoted include with a directory in it stands for: a module by its prefix, or a generated schema. */
function targetOfInclude(include, rules) {
  const schema = include.match(/^(\w+)\/schema\/\w+_generated\.h$/);
  if (schema) return rules.modules.some((module) => module.schemas?.includes(schema[1])) ? `${schema[1]}_schema` : undefined;
  const prefix = include.split('/')[0];
  return rules.modules.find((module) => module.prefix === prefix)?.target;
}

function mayUse(module, target) {
  return target === module.target || module.uses.includes(target) || module.schemas?.some((schema) => target === `${schema}_schema`);
}

function checkQuotedInclude(file, include, module, root, rules) {
  const beside = path.join(root, path.dirname(file), include);
  const inside = path.join(root, module.dir, 'src', include);
  if (!include.includes('/') || !targetOfInclude(include, rules)) {
    if (include.includes('..')) return `"${include}" leaves its directory`;
    return existsSync(beside) || existsSync(inside) ? undefined : `"${include}" is no header of this module and no module's public header`;
  }
  const target = targetOfInclude(include, rules);
  return mayUse(module, target) ? undefined : `${module.target} must not stand on ${target}`;
}

function checkSystemInclude(file, header, rules) {
  for (const rule of rules.only) {
    if (rule.header && new RegExp(rule.header).test(header) && !rule.in.some((dir) => isBelow(file, dir))) return rule.why;
  }
  for (const rule of rules.never) {
    if (isBelow(file, rule.in) && new RegExp(rule.header).test(header)) return rule.why;
  }
  return undefined;
}

function checkSource(file, root, rules) {
  const faults = [];
  const module = moduleOf(file, rules);
  if (!module) return [{ file, line: 1, why: 'belongs to no module of tests/layers/rules.json' }];
  const text = readFileSync(path.join(root, file), 'utf8');
  text.split('\n').forEach((line, index) => {
    const match = line.match(/^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)/);
    if (!match) return;
    const [, quoted, system] = match;
    const why = (quoted && checkQuotedInclude(file, quoted, module, root, rules)) || checkSystemInclude(file, quoted ?? system, rules);
    if (why) faults.push({ file, line: index + 1, why });
  });
  const words = rules.words.filter((rule) => isBelow(file, rule.in));
  codeOf(text).split('\n').forEach((line, index) => {
    if (/^\s*#\s*include/.test(line)) return;
    for (const rule of words) {
      const match = line.match(new RegExp(rule.word));
      if (match) faults.push({ file, line: index + 1, why: `${rule.why} ("${match[0]}")` });
    }
  });
  return faults;
}

/** The targets a CMakeLists.txt makes with our functions: name, line, and what each list names. */
function targetsOf(text) {
  const code = text.replace(/#[^\n]*/g, (part) => ' '.repeat(part.length));
  return [...code.matchAll(/\b(cudgel_module|cudgel_program)\s*\(([^)]*)\)/g)].map((match) => {
    const words = match[2].split(/\s+/).filter(Boolean);
    const depends = [];
    let list = '';
    for (const word of words.slice(1)) {
      if (/^(DEPENDS|PRIVATE_DEPENDS|SOURCES)$/.test(word)) list = word;
      else if (list.endsWith('DEPENDS')) depends.push(word);
    }
    return { name: words[0], line: code.slice(0, match.index).split('\n').length, depends };
  });
}

function checkCMake(file, root, rules) {
  const faults = [];
  const ours = new Set(rules.modules.flatMap((module) => [module.target, ...(module.schemas ?? []).map((schema) => `${schema}_schema`)]));
  for (const target of targetsOf(readFileSync(path.join(root, file), 'utf8'))) {
    const fault = (why) => faults.push({ file, line: target.line, why });
    const module = rules.modules.find((one) => one.target === target.name || one.programs?.includes(target.name));
    if (!module) {
      fault(`target ${target.name} stands in no line of tests/layers/rules.json`);
      continue;
    }
    for (const depends of target.depends) {
      if (ours.has(depends) && !mayUse(module, depends)) fault(`${target.name} must not stand on ${depends}`);
      for (const rule of rules.only) {
        if (rule.package && new RegExp(rule.package).test(depends) && !rule.in.includes(module.dir)) fault(rule.why);
      }
    }
  }
  return faults;
}

/** A table in which somebody stands, by way of others, on themselves would allow anything. */
function checkTable(rules) {
  const faults = [];
  const byTarget = new Map(rules.modules.map((module) => [module.target, module]));
  const reach = (target, seen) => {
    for (const used of byTarget.get(target)?.uses ?? []) {
      if (!seen.has(used)) reach(used, seen.add(used));
    }
    return seen;
  };
  for (const module of rules.modules) {
    if (reach(module.target, new Set()).has(module.target)) {
      faults.push({ file: 'tests/layers/rules.json', line: 1, why: `${module.target} stands on itself` });
    }
  }
  return faults;
}

/** Everything in the tree that breaks a rule: [{file, line, why}]. */
export function check(root, rules) {
  const sources = roots.flatMap((dir) => filesBelow(root, dir, /\.(h|hpp|cpp|cc|c)$/));
  const lists = roots.flatMap((dir) => filesBelow(root, dir, /^CMakeLists\.txt$/));
  return {
    files: sources.length + lists.length,
    faults: [
      ...checkTable(rules),
      ...sources.flatMap((file) => checkSource(file, root, rules)),
      ...lists.flatMap((file) => checkCMake(file, root, rules)),
    ],
  };
}
