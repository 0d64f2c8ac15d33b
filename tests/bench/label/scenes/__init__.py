# SPDX-License-Identifier: Apache-2.0
"""Rendered webcam pictures of small Data Matrix labels, the same for the same seed."""
