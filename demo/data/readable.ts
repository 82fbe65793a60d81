import { categoryNames } from './categoryNames.ts';
import { departmentNames } from './departmentNames.ts';
import { placements } from './placements.ts';
import { readableSize } from './readableSize.ts';
import { typeNames } from './typeNames.ts';

/** An item in the source's words. */
export interface SourceItem {
  department: string;
  category: string | null;
  productType: string | null;
  brand: string;
  manufacturerId: string;
  packageSize: string | null;
}

/** The same item as a storefront shows it; `path` runs from the department to the type. */
export interface ReadableItem {
  title: string;
  path: string[];
  brand: string;
  size: string | null;
}

/** The source's abbreviations, and words that keep a capital. */
const words: Record<string, string> = {
  AMERICAN: 'American',
  ANJOU: 'Anjou',
  ASIAN: 'Asian',
  BARTLETT: 'Bartlett',
  BOSC: 'Bosc',
  BRAEBURN: 'Braeburn',
  CENTRAL: 'Central',
  DELICIOUS: 'Delicious',
  EASTER: 'Easter',
  ENGLISH: 'English',
  FRENCH: 'French',
  FRZN: 'frozen',
  FUJI: 'Fuji',
  GALA: 'Gala',
  GRANNY: 'Granny',
  ITALIAN: 'Italian',
  MISC: 'assorted',
  SMITH: 'Smith',
};

const produce = /^(APPLES|CARROTS|GRAPES|MUSHROOMS|ONIONS|PEARS|PEPPERS|POTATOES|TOMATOES) (.+)$/;

/** Rewrites the storefront words of one item. */
export function readableItem(item: SourceItem): ReadableItem {
  const productType = tidy(item.productType);
  const { department, category } = place(item.department, tidy(item.category), productType);
  const departmentName = departmentNames[department];
  if (departmentName === undefined) throw new Error(`departmentNames.ts has no name for ${department}`);
  const categoryName = categoryNames[category] ?? readableWords(category);
  const typeName = readableType(category, productType) || categoryName;
  const size = readableSize(item.packageSize);
  const own = item.brand === 'Private';
  return {
    title: [typeName, own && 'own brand', size !== '1 ct' && size !== '1 pack' && size]
      .filter(Boolean)
      .join(', '),
    path: [departmentName, categoryName, typeName].filter((name, at, path) => name && name !== path[at - 1]),
    brand: own ? 'Own brand' : `Maker ${item.manufacturerId}`,
    size,
  };
}

function tidy(text: string | null): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

function place(department: string, category: string, productType: string) {
  const shelf = `${department} > ${category}`;
  return placements[`${shelf} > ${productType}`] ?? placements[shelf] ?? { department, category };
}

function readableType(category: string, productType: string): string {
  const plain = productType.replace(/\s*\([^)]*\)?/g, '');
  const own = typeNames[category];
  const common = typeNames['*'];
  return (
    own?.[productType] ??
    common?.[productType] ??
    own?.[plain] ??
    common?.[plain] ??
    readableWords(plain.replace(produce, '$2 $1'))
  );
}

/** Sentence case, with abbreviations written out and lists joined by commas and an ampersand. */
function readableWords(text: string): string {
  const parts = text
    .split(/\s*[/&]\s*|\s+AND\s+/)
    .map((part) => part.replace(/[A-Z']+/g, (word) => words[word] ?? word.toLowerCase()));
  const last = parts.pop() ?? '';
  const joined = parts.length > 0 ? `${parts.join(', ')} & ${last}` : last;
  return joined.charAt(0).toUpperCase() + joined.slice(1);
}
