/**
 * Storage vendors that Agora uploads to, with their regions, by the numbers of storageConfig. Source:
 * docs/agora/starting-and-stopping.md, Vendors and regions; older regions are kept. Tables lag behind what vendors open: the
 * schema takes raw numbers too.
 */

/** Where a storage region lies, in the words of acquire's `region`; null outside all four. */
export type Area = 'CN' | 'AP' | 'EU' | 'NA' | null;

export interface StorageRegion {
  readonly code: number;
  readonly name: string;
  readonly area: Area;
}

export interface StorageVendor {
  readonly code: number;
  readonly name: string;
  readonly description: string;
  /** Empty where the region's number is ignored. */
  readonly regions: readonly StorageRegion[];
}

export const AMAZON_S3_REGIONS = [
  { code: 0, name: 'US_EAST_1', area: 'NA' },
  { code: 1, name: 'US_EAST_2', area: 'NA' },
  { code: 2, name: 'US_WEST_1', area: 'NA' },
  { code: 3, name: 'US_WEST_2', area: 'NA' },
  { code: 4, name: 'EU_WEST_1', area: 'EU' },
  { code: 5, name: 'EU_WEST_2', area: 'EU' },
  { code: 6, name: 'EU_WEST_3', area: 'EU' },
  { code: 7, name: 'EU_CENTRAL_1', area: 'EU' },
  { code: 8, name: 'AP_SOUTHEAST_1', area: 'AP' },
  { code: 9, name: 'AP_SOUTHEAST_2', area: 'AP' },
  { code: 10, name: 'AP_NORTHEAST_1', area: 'AP' },
  { code: 11, name: 'AP_NORTHEAST_2', area: 'AP' },
  { code: 12, name: 'SA_EAST_1', area: null },
  { code: 13, name: 'CA_CENTRAL_1', area: 'NA' },
  { code: 14, name: 'AP_SOUTH_1', area: 'AP' },
  { code: 15, name: 'CN_NORTH_1', area: 'CN' },
  { code: 16, name: 'CN_NORTHWEST_1', area: 'CN' },
  { code: 17, name: 'US_GOV_WEST_1', area: 'NA' },
  { code: 18, name: 'AF_SOUTH_1', area: null },
  { code: 19, name: 'AP_EAST_1', area: 'AP' },
  { code: 20, name: 'AP_NORTHEAST_3', area: 'AP' },
  { code: 21, name: 'EU_NORTH_1', area: 'EU' },
  { code: 22, name: 'ME_SOUTH_1', area: null },
  { code: 23, name: 'US_GOV_EAST_1', area: 'NA' },
  { code: 24, name: 'AP_SOUTHEAST_3', area: 'AP' },
  { code: 25, name: 'EU_SOUTH_1', area: 'EU' },
  { code: 28, name: 'IL_CENTRAL_1', area: null },
] as const;

export const ALIBABA_CLOUD_REGIONS = [
  { code: 0, name: 'CN_HANGZHOU', area: 'CN' },
  { code: 1, name: 'CN_SHANGHAI', area: 'CN' },
  { code: 2, name: 'CN_QINGDAO', area: 'CN' },
  { code: 3, name: 'CN_BEIJING', area: 'CN' },
  { code: 4, name: 'CN_ZHANGJIAKOU', area: 'CN' },
  { code: 5, name: 'CN_HUHEHAOTE', area: 'CN' },
  { code: 6, name: 'CN_SHENZHEN', area: 'CN' },
  { code: 7, name: 'CN_HONGKONG', area: 'AP' },
  { code: 8, name: 'US_WEST_1', area: 'NA' },
  { code: 9, name: 'US_EAST_1', area: 'NA' },
  { code: 10, name: 'AP_SOUTHEAST_1', area: 'AP' },
  { code: 11, name: 'AP_SOUTHEAST_2', area: 'AP' },
  { code: 12, name: 'AP_SOUTHEAST_3', area: 'AP' },
  { code: 13, name: 'AP_SOUTHEAST_5', area: 'AP' },
  { code: 14, name: 'AP_NORTHEAST_1', area: 'AP' },
  { code: 15, name: 'AP_SOUTH_1', area: 'AP' },
  { code: 16, name: 'EU_CENTRAL_1', area: 'EU' },
  { code: 17, name: 'EU_WEST_1', area: 'EU' },
  { code: 18, name: 'EU_EAST_1', area: 'EU' },
  { code: 19, name: 'AP_SOUTHEAST_6', area: 'AP' },
  { code: 20, name: 'CN_HEYUAN', area: 'CN' },
  { code: 21, name: 'CN_GUANGZHOU', area: 'CN' },
  { code: 22, name: 'CN_CHENGDU', area: 'CN' },
  { code: 23, name: 'CN_NANJING', area: 'CN' },
  { code: 24, name: 'CN_FUZHOU', area: 'CN' },
  { code: 25, name: 'CN_WULANCHABU', area: 'CN' },
  { code: 26, name: 'CN_NORTHEAST_2', area: 'CN' },
  { code: 27, name: 'CN_SOUTHEAST_7', area: 'CN' },
] as const;

export const TENCENT_CLOUD_REGIONS = [
  { code: 0, name: 'AP_BEIJING_1', area: 'CN' },
  { code: 1, name: 'AP_BEIJING', area: 'CN' },
  { code: 2, name: 'AP_SHANGHAI', area: 'CN' },
  { code: 3, name: 'AP_GUANGZHOU', area: 'CN' },
  { code: 4, name: 'AP_CHENGDU', area: 'CN' },
  { code: 5, name: 'AP_CHONGQING', area: 'CN' },
  { code: 6, name: 'AP_SHENZHEN_FSI', area: 'CN' },
  { code: 7, name: 'AP_SHANGHAI_FSI', area: 'CN' },
  { code: 8, name: 'AP_BEIJING_FSI', area: 'CN' },
  { code: 9, name: 'AP_HONGKONG', area: 'AP' },
  { code: 10, name: 'AP_SINGAPORE', area: 'AP' },
  { code: 11, name: 'AP_MUMBAI', area: 'AP' },
  { code: 12, name: 'AP_SEOUL', area: 'AP' },
  { code: 13, name: 'AP_BANGKOK', area: 'AP' },
  { code: 14, name: 'AP_TOKYO', area: 'AP' },
  { code: 15, name: 'NA_SILICONVALLEY', area: 'NA' },
  { code: 16, name: 'NA_ASHBURN', area: 'NA' },
  { code: 17, name: 'NA_TORONTO', area: 'NA' },
  { code: 18, name: 'EU_FRANKFURT', area: 'EU' },
  { code: 19, name: 'EU_MOSCOW', area: 'EU' },
] as const;

export const KINGSOFT_CLOUD_REGIONS = [
  { code: 0, name: 'CN_HANGZHOU', area: 'CN' },
  { code: 1, name: 'CN_SHANGHAI', area: 'CN' },
  { code: 2, name: 'CN_QINGDAO', area: 'CN' },
  { code: 3, name: 'CN_BEIJING', area: 'CN' },
  { code: 4, name: 'CN_GUANGZHOU', area: 'CN' },
  { code: 5, name: 'CN_HONGKONG', area: 'AP' },
  { code: 6, name: 'JR_BEIJING', area: 'CN' },
  { code: 7, name: 'JR_SHANGHAI', area: 'CN' },
  { code: 8, name: 'NA_RUSSIA_1', area: null },
  { code: 9, name: 'NA_SINGAPORE_1', area: 'AP' },
] as const;

export const HUAWEI_CLOUD_REGIONS = [
  { code: 0, name: 'CN_NORTH_1', area: 'CN' },
  { code: 1, name: 'CN_NORTH_4', area: 'CN' },
  { code: 2, name: 'CN_EAST_2', area: 'CN' },
  { code: 3, name: 'CN_EAST_3', area: 'CN' },
  { code: 4, name: 'CN_SOUTH_1', area: 'CN' },
  { code: 5, name: 'CN_SOUTHWEST_2', area: 'CN' },
  { code: 6, name: 'AP_SOUTHEAST_1', area: 'AP' },
  { code: 7, name: 'AP_SOUTHEAST_2', area: 'AP' },
  { code: 8, name: 'AP_SOUTHEAST_3', area: 'AP' },
  { code: 9, name: 'AF_SOUTH_1', area: null },
  { code: 10, name: 'SA_ARGENTINA_1', area: null },
  { code: 11, name: 'SA_PERU_1', area: null },
  { code: 12, name: 'NA_MEXICO_1', area: 'NA' },
  { code: 13, name: 'SA_BRAZIL_1', area: null },
  { code: 14, name: 'LA_SOUTH_2', area: null },
  { code: 15, name: 'SA_CHILE_1', area: null },
] as const;

export const BAIDU_INTELLIGENT_CLOUD_REGIONS = [
  { code: 0, name: 'BEIJING', area: 'CN' },
  { code: 1, name: 'BAODING', area: 'CN' },
  { code: 2, name: 'SUZHOU', area: 'CN' },
  { code: 3, name: 'GUANGZHOU', area: 'CN' },
  { code: 4, name: 'HONGKONG', area: 'AP' },
  { code: 5, name: 'SINGAPORE', area: 'AP' },
  { code: 6, name: 'WUHAN', area: 'CN' },
  { code: 7, name: 'SHANGHAI', area: 'CN' },
] as const;

export const STORAGE_VENDORS = [
  { code: 1, name: 'AMAZON_S3', description: 'Amazon S3.', regions: AMAZON_S3_REGIONS },
  { code: 2, name: 'ALIBABA_CLOUD', description: 'Alibaba Cloud.', regions: ALIBABA_CLOUD_REGIONS },
  { code: 3, name: 'TENCENT_CLOUD', description: 'Tencent Cloud.', regions: TENCENT_CLOUD_REGIONS },
  {
    code: 4,
    name: 'KINGSOFT_CLOUD',
    description: 'Kingsoft Cloud, which only older documents list.',
    regions: KINGSOFT_CLOUD_REGIONS,
  },
  { code: 5, name: 'MICROSOFT_AZURE', description: 'Microsoft Azure.', regions: [] },
  { code: 6, name: 'GOOGLE_CLOUD', description: 'Google Cloud.', regions: [] },
  { code: 7, name: 'HUAWEI_CLOUD', description: 'Huawei Cloud.', regions: HUAWEI_CLOUD_REGIONS },
  {
    code: 8,
    name: 'BAIDU_INTELLIGENT_CLOUD',
    description: 'Baidu IntelligentCloud.',
    regions: BAIDU_INTELLIGENT_CLOUD_REGIONS,
  },
  {
    code: 11,
    name: 'S3_COMPATIBLE',
    description: 'Any storage with the interface of S3, named by its endpoint.',
    regions: [],
  },
] as const satisfies readonly StorageVendor[];

const VENDORS: readonly StorageVendor[] = STORAGE_VENDORS;

export function storageVendor(code: number): StorageVendor | null {
  return VENDORS.find((vendor) => vendor.code === code) ?? null;
}

/** The region of a vendor, or null where the number is ignored or not known. */
export function storageRegion(vendor: number, region: number): StorageRegion | null {
  return storageVendor(vendor)?.regions.find(({ code }) => code === region) ?? null;
}
