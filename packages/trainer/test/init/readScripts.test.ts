import { describe, expect, it } from 'vitest';
import { readScripts } from '../../src/init/readScripts.ts';

const VIEW = { event: 'view_item', ecommerce: { items: [{ item_id: 'a', price: 5 }] } };
const code = JSON.stringify(VIEW);

describe('what a script pushes', () => {
  it.each([
    ['dataLayer.push', `dataLayer.push(${code});`],
    ['window.dataLayer.push', `window.dataLayer.push(${code});`],
    ["window['dataLayer'].push", `window['dataLayer'].push(${code});`],
    [
      'an array that is made where it is missing',
      `(window.dataLayer = window.dataLayer || []).push(${code});`,
    ],
    ['an array that is assigned', `dataLayer = [${code}];`],
    ['an array that is declared', `var dataLayer = window.dataLayer || [${code}];`],
    ['a variable', `const view = ${code}; dataLayer.push(view);`],
    ['a part of a variable', `var all = { list: [{ view: ${code} }] }; dataLayer.push(all.list[0]['view']);`],
    ['a function that runs at once', `(function () { dataLayer.push(${code}); })();`],
    [
      'unquoted names',
      "dataLayer.push({ event: 'view_item', ecommerce: { items: [{ item_id: `a`, price: 5 }] } })",
    ],
    ['a module', `import './x.js'; dataLayer.push(${code});`],
    [
      'what is made at run time beside it',
      `dataLayer.push({ ...rest, now: Date.now(), ...x, event: 'view_item', ecommerce: { items: [{ item_id: 'a', price: 5 }] } })`,
    ],
  ])('given %s', (_, script) => {
    const { messages } = readScripts(script, 'dataLayer');
    expect(messages).toMatchObject([{ value: VIEW, atLoad: true }]);
  });

  it('given gtag, then its arguments', () => {
    const script = `function gtag() { dataLayer.push(arguments); } gtag('consent', 'default', { ad_storage: 'denied' });`;
    expect(readScripts(script, 'dataLayer')).toEqual({
      messages: [{ value: ['consent', 'default', { ad_storage: 'denied' }], atLoad: true }],
      unread: 0,
      isParsed: true,
    });
  });

  it('given a function for when something happens, then it is not said to happen', () => {
    const script = `button.onclick = () => dataLayer.push(${code}); function later() { dataLayer.push(${code}); }`;
    expect(readScripts(script, 'dataLayer').messages.map(({ atLoad }) => atLoad)).toEqual([false, false]);
  });

  it('given what is made at run time, then it is counted', () => {
    expect(readScripts('dataLayer.push(build()); dataLayer.push(other)', 'dataLayer')).toMatchObject({
      messages: [],
      unread: 2,
    });
  });

  it('given another array, then nothing; given its name, then that', () => {
    expect(readScripts(`layer.push(${code})`, 'dataLayer').messages).toEqual([]);
    expect(readScripts(`layer.push(${code})`, 'layer').messages).toHaveLength(1);
  });

  it.each([
    ['no script', '{{ template }} <% x %>'],
    ['one that nests deeper than the stack', `x = ${'['.repeat(1e5)}`],
    ['one that is too long', ' '.repeat(2e6)],
  ])('given %s, then it says so', (_, script) => {
    expect(readScripts(script, 'dataLayer')).toEqual({ messages: [], unread: 0, isParsed: false });
  });

  it('given names that every object has, then they are names', () => {
    const [message] = readScripts(
      'dataLayer.push({ __proto__: { event: "x" }, constructor: 1 })',
      'dataLayer',
    ).messages;
    expect(Object.getPrototypeOf(message!.value)).toBe(Object.prototype);
    expect(Object.keys(message!.value as object)).toEqual(['__proto__', 'constructor']);
  });
});
