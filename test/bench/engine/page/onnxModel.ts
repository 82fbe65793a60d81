import { PbfWriter } from 'pbf';
import { K } from './Contender.ts';
import { type BenchShop, ROWS_PER_ITEM } from './makeShop.ts';

/** ONNX names these by number (TensorProto.DataType). */
const TYPES = { float: 1, int8: 3, int32: 6, int64: 7 } as const;
type TypeName = keyof typeof TYPES;

interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Whole numbers by name. */
  readonly attributes?: Readonly<Record<string, number>>;
}

interface OnnxTensor {
  readonly name: string;
  readonly type: TypeName;
  readonly dims: readonly number[];
  readonly values: ArrayBufferView;
}

interface OnnxValue {
  readonly name: string;
  readonly type: TypeName;
  /** A name where the length is not known. */
  readonly dims: readonly (number | string)[];
}

/**
 * The shop's model as an ONNX file: `queries` (contexts x dim) to `items` (contexts x K), with the table in int8 as we have it.
 * The numbers below are those of the fields in onnx.proto3.
 */
export function onnxModel({ tables, index, prior }: BenchShop): Uint8Array {
  const { rows, dim } = tables;
  const nodes: OnnxNode[] = [
    { op: 'DequantizeLinear', inputs: ['table', 'scale'], outputs: ['floats'], attributes: { axis: 0 } },
    { op: 'Gather', inputs: ['floats', 'rows'], outputs: ['parts'], attributes: { axis: 0 } },
    { op: 'ReduceSum', inputs: ['parts', 'one'], outputs: ['vectors'], attributes: { keepdims: 0 } },
    { op: 'Gemm', inputs: ['queries', 'vectors', 'prior'], outputs: ['scores'], attributes: { transB: 1 } },
    { op: 'TopK', inputs: ['scores', 'k'], outputs: ['best', 'items'] },
  ];
  const tensors: OnnxTensor[] = [
    { name: 'table', type: 'int8', dims: [rows, dim], values: tables.item },
    { name: 'scale', type: 'float', dims: [rows], values: tables.itemScale },
    { name: 'rows', type: 'int32', dims: [index.count, ROWS_PER_ITEM], values: index.rows },
    { name: 'prior', type: 'float', dims: [index.count], values: prior },
    { name: 'one', type: 'int64', dims: [1], values: BigInt64Array.of(1n) },
    { name: 'k', type: 'int64', dims: [1], values: BigInt64Array.of(BigInt(K)) },
  ];
  const inputs: OnnxValue[] = [{ name: 'queries', type: 'float', dims: ['contexts', dim] }];
  const outputs: OnnxValue[] = [{ name: 'items', type: 'int64', dims: ['contexts', K] }];

  const pbf = new PbfWriter();
  pbf.writeVarintField(1, 8);
  pbf.writeMessage(7, writeGraph, { nodes, tensors, inputs, outputs });
  pbf.writeMessage(8, (version: number, opset) => opset.writeVarintField(2, version), 17);
  return pbf.finish();
}

function writeGraph(
  graph: Readonly<{ nodes: OnnxNode[]; tensors: OnnxTensor[]; inputs: OnnxValue[]; outputs: OnnxValue[] }>,
  pbf: PbfWriter,
): void {
  for (const node of graph.nodes) pbf.writeMessage(1, writeNode, node);
  pbf.writeStringField(2, 'shop');
  for (const tensor of graph.tensors) pbf.writeMessage(5, writeTensor, tensor);
  for (const input of graph.inputs) pbf.writeMessage(11, writeValue, input);
  for (const output of graph.outputs) pbf.writeMessage(12, writeValue, output);
}

function writeNode({ op, inputs, outputs, attributes = {} }: OnnxNode, pbf: PbfWriter): void {
  for (const input of inputs) pbf.writeStringField(1, input);
  for (const output of outputs) pbf.writeStringField(2, output);
  pbf.writeStringField(4, op);
  for (const attribute of Object.entries(attributes)) pbf.writeMessage(5, writeAttribute, attribute);
}

function writeAttribute([name, value]: [string, number], pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  pbf.writeVarintField(3, value);
  pbf.writeVarintField(20, 2);
}

function writeTensor({ name, type, dims, values }: OnnxTensor, pbf: PbfWriter): void {
  for (const length of dims) pbf.writeVarintField(1, length);
  pbf.writeVarintField(2, TYPES[type]);
  pbf.writeStringField(8, name);
  pbf.writeBytesField(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

function writeValue({ name, type, dims }: OnnxValue, pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  pbf.writeMessage(2, (_, value) => value.writeMessage(1, writeShape, { type, dims }), undefined);
}

function writeShape({ type, dims }: Omit<OnnxValue, 'name'>, pbf: PbfWriter): void {
  pbf.writeVarintField(1, TYPES[type]);
  pbf.writeMessage(
    2,
    (_, shape) => {
      for (const length of dims) shape.writeMessage(1, writeLength, length);
    },
    undefined,
  );
}

function writeLength(length: number | string, pbf: PbfWriter): void {
  if (typeof length === 'number') pbf.writeVarintField(1, length);
  else pbf.writeStringField(2, length);
}
