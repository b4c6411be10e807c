import {
  type Area,
  STORAGE_VENDORS,
  type StorageRegion,
} from '@agora-recording-gateway/agora/tables/storage-vendors';

/**
 * What is wrong with the place of a storage, or null. `area` is the region of acquire, with which the storage must agree
 * (REST reference, acquire-request, region); null if acquire named none.
 */
export function locationFault(vendorCode: number, region: number, area: Area): string | null {
  const vendor = STORAGE_VENDORS.find(({ code }) => code === vendorCode);
  // Without regions in the table, the number is ignored.
  if (vendor === undefined || vendor.regions.length === 0) return null;
  const regions: readonly StorageRegion[] = vendor.regions;
  const known = regions.find(({ code }) => code === region);
  if (known === undefined) return 'unknown storage region';
  return area === null || known.area === area ? null : 'storage region outside the region of acquire';
}
