import * as z from 'zod';

/** The extension service that uploads to ApsaraVideo VoD (REST reference before June 2026, extensionServiceConfig). */
export const VOD_SERVICE = 'aliyun_vod_service';

/** extensionServiceConfig of a channel recording: one service, which uploads to ApsaraVideo VoD. */
export const vodServices = z.looseObject({
  errorHandlePolicy: z.literal('error_abort').optional(),
  extensionServices: z
    .array(
      z.looseObject({
        serviceName: z.literal(VOD_SERVICE),
        errorHandlePolicy: z.literal('error_abort').optional(),
        serviceParam: z.looseObject({
          accessKey: z.string().min(1),
          secretKey: z.string().min(1),
          regionId: z.string().min(1),
          apiData: z.looseObject({ videoData: z.looseObject({ title: z.string().min(1) }) }),
        }),
      }),
    )
    .length(1),
});

const anyServices = z.looseObject({
  extensionServiceConfig: z.looseObject({
    extensionServices: z.array(z.looseObject({ serviceName: z.string() })),
  }),
});

/** Whether clientRequest of start orders an upload to ApsaraVideo VoD. */
export function ordersVod(clientRequest: unknown): boolean {
  const parsed = anyServices.safeParse(clientRequest);
  if (!parsed.success) return false;
  const { extensionServices } = parsed.data.extensionServiceConfig;
  return extensionServices.some(({ serviceName }) => serviceName === VOD_SERVICE);
}
