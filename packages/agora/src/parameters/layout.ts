import {
  choice,
  COMPOSITE,
  fraction,
  integer,
  MAX_INT,
  objects,
  type ParameterTable,
  text,
} from './parameter.js';

/** Users of a custom layout, and users with a background. The second bound is ours: Agora states none. */
const MAX_REGIONS = 17;
const MAX_BACKGROUNDS = 50;

const RENDER_MODE = { type: choice('RenderMode', [0, 1]), default: 0, modes: COMPOSITE } as const;

export const REGION_PARAMETERS = {
  uid: {
    wire: 'uid',
    // Public clients also send "#allstream#".
    type: text('region-uid'),
    default: null,
    modes: COMPOSITE,
    description: 'User of the window',
    absent: 'by the order in which users join',
  },
  x: {
    wire: 'x_axis',
    type: fraction,
    default: null,
    required: true,
    modes: COMPOSITE,
    description: 'Left edge as a fraction of the canvas',
  },
  y: {
    wire: 'y_axis',
    type: fraction,
    default: null,
    required: true,
    modes: COMPOSITE,
    description: 'Upper edge as a fraction of the canvas',
  },
  width: {
    wire: 'width',
    type: fraction,
    default: null,
    required: true,
    modes: COMPOSITE,
    description: 'Width as a fraction of the canvas',
  },
  height: {
    wire: 'height',
    type: fraction,
    default: null,
    required: true,
    modes: COMPOSITE,
    description: 'Height as a fraction of the canvas',
  },
  alpha: {
    wire: 'alpha',
    type: fraction,
    default: 1,
    modes: COMPOSITE,
    description: 'Opacity; 0 is transparent, 1 opaque',
  },
  renderMode: { ...RENDER_MODE, wire: 'render_mode', description: 'How the video fills the window' },
} as const satisfies ParameterTable;

export const BACKGROUND_PARAMETERS = {
  uid: {
    wire: 'uid',
    type: text('uid'),
    default: null,
    required: true,
    modes: COMPOSITE,
    description: 'User, by uid',
  },
  imageUrl: {
    wire: 'image_url',
    type: text('https-address'),
    default: null,
    required: true,
    modes: COMPOSITE,
    secrecy: 'page-address',
    description: 'Address of the image',
    note: 'An image that cannot be fetched has no effect.',
  },
  renderMode: { ...RENDER_MODE, wire: 'render_mode', description: 'How the image fills the window' },
} as const satisfies ParameterTable;

/** clientRequest of updateLayout, and a part of recordingConfig.transcodingConfig. */
export const LAYOUT_PARAMETERS = {
  mixedVideoLayout: {
    wire: 'mixedVideoLayout',
    type: choice('MixedVideoLayout', [0, 1, 2, 3]),
    default: 0,
    modes: COMPOSITE,
    description: 'How users are laid out',
  },
  maxResolutionUid: {
    wire: 'maxResolutionUid',
    type: text('uid'),
    default: null,
    modes: COMPOSITE,
    description: 'User of the large window in the VERTICAL layout',
  },
  backgroundColor: {
    wire: 'backgroundColor',
    type: text('colour'),
    default: '#000000',
    modes: COMPOSITE,
    description: 'Colour behind the windows',
  },
  backgroundImage: {
    wire: 'backgroundImage',
    type: text('web-address'),
    default: null,
    modes: COMPOSITE,
    secrecy: 'page-address',
    description: 'Address of an image behind all windows',
    absent: 'none',
    note: 'It is cropped to the canvas.',
  },
  defaultUserBackgroundImage: {
    wire: 'defaultUserBackgroundImage',
    type: text('web-address'),
    default: null,
    modes: COMPOSITE,
    secrecy: 'page-address',
    description: 'Address of an image in place of users who send no video for 3.5 seconds',
    absent: 'none',
    note: 'backgroundConfig takes precedence.',
  },
  layoutConfig: {
    wire: 'layoutConfig',
    type: objects(REGION_PARAMETERS, MAX_REGIONS),
    default: [],
    modes: COMPOSITE,
    description: 'Windows of the CUSTOM layout',
  },
  backgroundConfig: {
    wire: 'backgroundConfig',
    type: objects(BACKGROUND_PARAMETERS, MAX_BACKGROUNDS),
    default: [],
    modes: COMPOSITE,
    description: 'Images in place of single users who send no video for 3.5 seconds',
  },
} as const satisfies ParameterTable;

/** The canvas; no update changes it. */
export const CANVAS_PARAMETERS = {
  width: {
    wire: 'width',
    type: integer(1, MAX_INT, 'pixels'),
    default: 360,
    modes: COMPOSITE,
    description: 'Width of the canvas in pixels',
    note: 'width × height at most 1920 × 1080.',
  },
  height: {
    wire: 'height',
    type: integer(1, MAX_INT, 'pixels'),
    default: 640,
    modes: COMPOSITE,
    description: 'Height of the canvas in pixels',
  },
  fps: {
    wire: 'fps',
    type: integer(1, MAX_INT, 'frames per second'),
    default: 15,
    modes: COMPOSITE,
    description: 'Frames per second',
  },
  bitrate: {
    wire: 'bitrate',
    type: integer(1, MAX_INT, 'Kbps'),
    default: 500,
    modes: COMPOSITE,
    description: 'Bitrate of the video in Kbps',
  },
} as const satisfies ParameterTable;

export const TRANSCODING_PARAMETERS = { ...CANVAS_PARAMETERS, ...LAYOUT_PARAMETERS } as const;
