import { describe, expect, test } from 'vitest';
import { dealRows } from '../src/webgpu/deal-rows.js';

describe('dealRows', () => {
  test('gives each workgroup one row as long as there are few', () => {
    expect(dealRows(5, 31, 2)).toEqual({
      rowsPerWorkgroup: 1,
      workgroups: 5,
      workgroupSize: 32,
      workgroupMemory: 64,
      heldInResult: 0,
    });
  });

  test('gives each workgroup four rows of a large batch', () => {
    expect(dealRows(130, 128, 6)).toEqual({
      rowsPerWorkgroup: 4,
      workgroups: 33,
      workgroupSize: 128,
      workgroupMemory: 4096,
      heldInResult: 0,
    });
  });

  test('gives it fewer where more do not fit', () => {
    expect(dealRows(128, 341, 6)).toMatchObject({ rowsPerWorkgroup: 2, workgroupMemory: 4096 });
    expect(dealRows(128, 342, 6)).toMatchObject({ rowsPerWorkgroup: 1, workgroupMemory: 4096 });
  });

  test('holds a state in the result where one row does not fit', () => {
    expect(dealRows(2, 682, 6)).toMatchObject({ workgroupMemory: 4096, heldInResult: 0 });
    expect(dealRows(2, 683, 6)).toMatchObject({
      rowsPerWorkgroup: 1,
      workgroupSize: 256,
      workgroupMemory: 0,
      heldInResult: 2 * 6 * 683,
    });
  });
});
