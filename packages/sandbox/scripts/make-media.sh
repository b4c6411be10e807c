#!/usr/bin/env bash
# Makes the small media files in ../media that the sandbox's storage serves: a test picture with a tone. Needs ffmpeg.
set -euo pipefail
cd "$(dirname "$0")/../media"

picture="testsrc2=size=320x180:rate=10:duration=6"
tone="sine=frequency=440:sample_rate=44100:duration=6"
codecs=(-c:v libx264 -profile:v baseline -preset veryslow -crf 34 -pix_fmt yuv420p -g 20 -sc_threshold 0
  -c:a aac -b:a 32k -ac 1 -bitexact -map_metadata -1)

ffmpeg -y -loglevel error -f lavfi -i "$picture" -f lavfi -i "$tone" "${codecs[@]}" -movflags +faststart recording.mp4
# Three slices of two seconds.
ffmpeg -y -loglevel error -f lavfi -i "$picture" -f lavfi -i "$tone" "${codecs[@]}" \
  -f segment -segment_time 2 -segment_format mpegts slice-%d.mpegts
ffmpeg -y -loglevel error -f lavfi -i "$picture" -frames:v 1 -q:v 12 -bitexact snapshot.jpg
