import { expect, it, onTestFinished, vi } from 'vitest';
import { openOtherTabs } from '../../../src/storefront/consent/otherTabs.ts';

it('what one tab says is heard once by each other one, also by one that was kept and came back', async () => {
  const page = new EventTarget();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  onTestFinished(() => void vi.unstubAllGlobals());
  const heard: string[] = [];
  const [tab, other] = [openOtherTabs((said) => heard.push(said)), openOtherTabs(() => {})];
  onTestFinished(() => [tab, other].forEach(({ close }) => close()));
  const hears = async (said: 'cache' | 'forget', all: string[]): Promise<void> => {
    other.tell(said);
    await vi.waitFor(() => expect(heard).toContain(said));
    expect(heard).toEqual(all);
  };
  // A page is shown first when it is there already.
  page.dispatchEvent(new Event('pageshow'));
  await hears('cache', ['cache']);
  for (const event of ['pagehide', 'pageshow']) page.dispatchEvent(new Event(event));
  await hears('forget', ['cache', 'forget']);
});
