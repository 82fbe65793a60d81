import { type AnyNode, type Node, parse } from 'acorn';

/** What a script hands to a data layer, as far as it is written down: what is made at run time is undefined in it. */
export interface Message {
  readonly value: unknown;
  /** True where it is pushed as the page loads; false where it stands in a function, for when something happens. */
  readonly atLoad: boolean;
}

export interface ScriptMessages {
  readonly messages: readonly Message[];
  /** Pushes of which nothing is written down. */
  readonly unread: number;
  /** False where the script cannot be parsed. */
  readonly isParsed: boolean;
}

/** Longest script that is read, in UTF-16 code units. */
const LENGTH = 1_000_000;

const NONE: ScriptMessages = { messages: [], unread: 0, isParsed: false };

/**
 * Reads what a script pushes to a data layer, without running it: literals, also of variables, in `dataLayer.push(...)`,
 * `gtag(...)` and `dataLayer = [...]`.
 *
 * @param layer name of the data layer
 */
export function readScripts(code: string, layer: string): ScriptMessages {
  if (code.length > LENGTH) return NONE;
  try {
    return messagesOf(parsed(code), layer);
  } catch {
    // No script of today's language, or one that nests deeper than the stack.
    return NONE;
  }
}

function parsed(code: string): Node {
  const options = { ecmaVersion: 'latest', allowReturnOutsideFunction: true, allowHashBang: true } as const;
  try {
    return parse(code, { ...options, sourceType: 'script' });
  } catch {
    return parse(code, { ...options, sourceType: 'module' });
  }
}

function messagesOf(program: Node, layer: string): ScriptMessages {
  const known = new Map<string, unknown>();
  const messages: Message[] = [];
  let unread = 0;
  const take = (value: unknown, atLoad: boolean): void => {
    if (value === undefined) unread++;
    else messages.push({ value, atLoad });
  };
  const takeList = (node: AnyNode | null | undefined, atLoad: boolean): void => {
    const list = node?.type === 'LogicalExpression' ? node.right : node;
    if (list?.type === 'ArrayExpression')
      for (const each of list.elements) if (each !== null) take(valueOf(each, known), atLoad);
  };

  const visit = (found: Node, atLoad: boolean): void => {
    const node = found as AnyNode;
    switch (node.type) {
      case 'VariableDeclarator':
        if (node.id.type === 'Identifier' && node.init) {
          if (node.id.name === layer) takeList(node.init, atLoad);
          else known.set(node.id.name, valueOf(node.init, known));
        }
        break;
      case 'AssignmentExpression':
        if (nameOf(node.left) === layer) takeList(node.right, atLoad);
        break;
      case 'CallExpression': {
        const { callee } = node;
        if (callee.type === 'Identifier' && callee.name === 'gtag')
          take(
            node.arguments.map((each) => valueOf(each, known)),
            atLoad,
          );
        else if (
          callee.type === 'MemberExpression' &&
          nameOf(callee) === 'push' &&
          nameOf(callee.object) === layer
        )
          for (const each of node.arguments)
            if (!(each.type === 'Identifier' && each.name === 'arguments'))
              take(valueOf(each, known), atLoad);
        // A function that is called where it stands runs as the page loads.
        if (isFunction(callee)) {
          visitAll(callee, atLoad);
          for (const each of node.arguments) visit(each, atLoad);
          return;
        }
        break;
      }
    }
    visitAll(node, atLoad && !isFunction(node));
  };
  const visitAll = (node: Node, atLoad: boolean): void => {
    for (const value of Object.values(node))
      for (const each of Array.isArray(value) ? (value as unknown[]) : [value as unknown])
        if (typeof each === 'object' && each !== null && typeof (each as Node).type === 'string')
          visit(each as Node, atLoad);
  };
  visit(program, true);
  return { messages, unread, isParsed: true };
}

function isFunction({ type }: Node): boolean {
  return (
    type === 'FunctionExpression' || type === 'ArrowFunctionExpression' || type === 'FunctionDeclaration'
  );
}

/** The last name of `x`, `window.x`, `window['x']`, `(window.x = window.x || [])`. */
function nameOf(node: AnyNode): string | undefined {
  switch (node.type) {
    case 'Identifier':
      return node.name;
    case 'MemberExpression':
      if (!node.computed) return nameOf(node.property as AnyNode);
      return node.property.type === 'Literal' ? String(node.property.value) : undefined;
    case 'ParenthesizedExpression':
      return nameOf(node.expression);
    case 'AssignmentExpression':
    case 'LogicalExpression':
      return nameOf(node.left);
    default:
      return undefined;
  }
}

/** What an expression is, where it is written down; undefined for what is made at run time. */
function valueOf(node: AnyNode, known: ReadonlyMap<string, unknown>): unknown {
  switch (node.type) {
    case 'Literal':
      return node.value;
    case 'TemplateLiteral':
      return node.expressions.length === 0 ? node.quasis[0]?.value.cooked : undefined;
    case 'Identifier':
      return known.get(node.name);
    case 'ParenthesizedExpression':
      return valueOf(node.expression, known);
    case 'MemberExpression': {
      const key = node.computed ? valueOf(node.property as AnyNode, known) : nameOf(node.property as AnyNode);
      const object = valueOf(node.object as AnyNode, known);
      const isKey = typeof key === 'string' || typeof key === 'number';
      return isKey && typeof object === 'object' && object !== null && Object.hasOwn(object, key)
        ? (object as Record<string | number, unknown>)[key]
        : undefined;
    }
    case 'UnaryExpression': {
      const value = valueOf(node.argument, known);
      return node.operator === '-' && typeof value === 'number' ? -value : undefined;
    }
    case 'ArrayExpression':
      return node.elements.map((each) => (each === null ? undefined : valueOf(each, known)));
    case 'ObjectExpression':
      return Object.fromEntries(
        node.properties.flatMap((each) => {
          if (each.type !== 'Property' || each.computed) return [];
          const key =
            each.key.type === 'Identifier'
              ? each.key.name
              : each.key.type === 'Literal'
                ? String(each.key.value)
                : undefined;
          return key === undefined ? [] : [[key, valueOf(each.value as AnyNode, known)] as const];
        }),
      );
    default:
      return undefined;
  }
}
