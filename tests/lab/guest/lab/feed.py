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

QUERYCAP = 0x80685600  # VIDIOC_QUERYCAP of struct v4l2_capability, 104 bytes: linux/videodev2.h
S_FMT = 0xc0d05605  # VIDIOC_S_FMT of struct v4l2_format, 208 bytes
OUTPUT, NO_FIELD, SRGB = 2, 1, 8
SECONDS = 1 / 15
PATIENCE_S = 20


def load(path, size):
    with open(path, 'rb') as file:
        data = file.read()
    return [data[at:at + size] for at in range(0, len(data), size)]


def open_node(path, width, height):
    """What the driver said of the node when it was asked last counts, and may be wrong by now;
    asking again mends that, or spoils it where nothing was wrong."""
    pixels = struct.pack('<II4sIIIII', width, height, b'YUYV', NO_FIELD, width * 2,
                         width * height * 2, SRGB, 0)
    end_s = time.monotonic() + PATIENCE_S
    while True:
        node = os.open(path, os.O_RDWR)
        try:
            fcntl.ioctl(node, S_FMT,
                        bytearray(struct.pack('<II', OUTPUT, 0) + pixels.ljust(200, b'\0')))
            return node
        except OSError:
            fcntl.ioctl(node, QUERYCAP, bytearray(104))
            os.close(node)
            if time.monotonic() > end_s:
                raise
            time.sleep(SECONDS)


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
