#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""usage: feed.py NODE WIDTH HEIGHT FRAMES

Shows pictures on a v4l2loopback node, as a webcam would: 15 a second, those of the file FRAMES
(YUYV, one after the other) again and again. Each line of the standard input is another such file;
at its end the camera ends."""
import fcntl
import os
import select
import struct
import sys
import time

S_FMT = 0xc0d05605  # VIDIOC_S_FMT of struct v4l2_format, 208 bytes: linux/videodev2.h
STREAMON = 0x40045612  # VIDIOC_STREAMON of a buffer type
OUTPUT, NO_FIELD, SRGB = 2, 1, 8
SECONDS = 1 / 15


def load(path, size):
    with open(path, 'rb') as file:
        data = file.read()
    return [data[at:at + size] for at in range(0, len(data), size)]


def open_node(path, width, height):
    """To be written to. Only who starts a stream is known as the one who feeds the node, and frees
    it for the next one at the end (v4l2loopback 0.12.7, v4l2_loopback_close)."""
    pixels = struct.pack('<II4sIIIII', width, height, b'YUYV', NO_FIELD, width * 2,
                         width * height * 2, SRGB, 0)
    node = os.open(path, os.O_RDWR)
    fcntl.ioctl(node, S_FMT, bytearray(struct.pack('<II', OUTPUT, 0) + pixels.ljust(200, b'\0')))
    fcntl.ioctl(node, STREAMON, struct.pack('<I', OUTPUT))
    return node


def feed(node, size, frames):
    """Until the standard input ends."""
    number = 0
    next_s = time.monotonic()
    while True:
        wait_s = max(next_s - time.monotonic(), 0)
        if select.select([0], [], [], wait_s)[0]:
            line = sys.stdin.readline().strip()
            if not line:
                return
            frames, number = load(line, size), 0
            continue
        os.write(node, frames[number % len(frames)])
        if number == 0:
            print('showing', flush=True)
        number += 1
        next_s = max(next_s + SECONDS, time.monotonic())


def main():
    path, width, height = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    size = width * height * 2
    node = open_node(path, width, height)
    feed(node, size, load(sys.argv[4], size))


main()
