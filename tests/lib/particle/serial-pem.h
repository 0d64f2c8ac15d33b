/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Texts that have the form of PEM, and the size of what is in use: nothing here reads what they
 * say. */

#define CA_PEM                                                                                     \
  "-----BEGIN CERTIFICATE-----\n"                                                                  \
  "grcO7n8aUDm+8H7CNH8GbtCPXcdRJEfjQEMAAmtuVFWUoGVoXWTEmAu41FRKhyGp\n"                             \
  "mgGtIZ61nPahXvbxWh2DC7fOCda7wATnF1xkPH3ssLWA7De8lxLdLmquuUuujS+f\n"                             \
  "opxaKEye91IYKc8QebCA6ddKHBD8q2pCQ9M2Vt6+TB7XlkjoVuj5ovWMlfDOSznB\n"                             \
  "W/+tXC37i7ggthGcuo/4h5auWwXygKaM7ZO2soyw0bNY5rqrSFVlufSQKNVX15qK\n"                             \
  "DmRR4VxwXBXxc1QbRDiiXPdjEtTus8IkaHm/ALPPjtE6vxKaMJetlrRC1tG970hQ\n"                             \
  "w/RlRC6zAMM3pkimwNvdc/yV9cLEUYWa/oDUCqOd+5JJ9Aw+432WFEXIBvWMfPIS\n"                             \
  "ffqJT5KW/PM8CECZkKyXDe2zuEMSAYHpN2EH29r2xfPIZJfuIZsB3ZLxn0lU9P6p\n"                             \
  "TtkYI3WIKyANqtsjz/kZPz5wOESV4ExdXtNSIm0WN8Ikjx08zEQF3S6h+vq0vxxG\n"                             \
  "lk2UcIYgeIKRRHi+6MdbQwmuKxIuP+h6x+z1pTcPxBtN23I7KvtsR8C1eJSqssXB\n"                             \
  "RbeX3bkSblzKIDESEF9nZBT69rIA2vCZ26Xu7DNiT1Ekv8XwTYI4jlKSeBD2ELC8\n"                             \
  "oR4L6fFPPKaV6HpTEWYMdijNup9e77mQIu9Te1lqFtyKA+wf59JWFxGzMCR5+y/x\n"                             \
  "G3wZ/sseGILQ5JwaE2NbzmB3K6A3LFImbQjht/nYwEMGneVyO0ef9yyGzqBDQinx\n"                             \
  "fSvbfY0f/H8YZpK/MiTXoMIAkkMO4kkJGNqJNsNCpCGcVkaG/qWSESAODj4ZQrbf\n"                             \
  "hAh220C5Z6m3BlNTMIlXSeTe2zyqouR07N5X4hhS8vsANUDWGmoAEHj2tcntbmeN\n"                             \
  "Zpu2e7u0fx/9zbJJSXr6wxMwVssykGal9PAuZcAFNV7HC6INn8TzzOYfS9W5CmmR\n"                             \
  "kicNLLbTnQeMeCQTLZmzavcvPXqv2MkBx8FbaqTFpTe/fzNslpyJJ1Un015zINDV\n"                             \
  "dtn3fZrWjyupX9cPTDuXXt5hpjSpJx/4RiWjYO/EdfQ=\n"                                                 \
  "-----END CERTIFICATE-----\n"

#define CLIENT_PEM                                                                                 \
  "-----BEGIN CERTIFICATE-----\n"                                                                  \
  "MwBjUDkvq028NeGlXTS7NCFkaaW/WOoqfc7uwAI8v0MB/cOvJPuXCDv1tWSvw0iU\n"                             \
  "/y04l9CsIN0ZcNd5iiVKijH03VzFfS/ntkIqAki4CAqA6sQoG29j4gbxK47wCxtR\n"                             \
  "yd4SbgzX093BB1WtS5th2Ce9bsnXYYpH8LqSAT9W6iclwxLRTGQJ/KLqRe95J7oP\n"                             \
  "B17bK4hDvqttTZYukTg2zL+bvPTje0eGCAbFRHn2HAQHbNZ3eJ0cehPFsQqY4eY0\n"                             \
  "P72Nx8GaVSflHGzHMpm/0UbpsyD9AWroFR4tO69Jv66GjfdJP4aADIHGVX2G4FpG\n"                             \
  "GrU/BOkW/RQN0jzT4nE4IC8VIuubI4s9z5yE6JiZAKX+7sJPboahaeotTLQo2eDK\n"                             \
  "WWRH+1bksAhK3on8bnpW1oCgljdkhNm3h/ksOzisMTSRWxnEWKuFM9GoMZ8glazS\n"                             \
  "0SAhmiNcFDDQNezVJHPXDZQ3pbkm7sI0V306MCrC3zqLnOjbFGtEw1xipiRHnBvu\n"                             \
  "nOKCkVWD6fDOMkRn6jTjd0R/VS3kg+1T9jWYgLYaPmkMrPb6kKodk0TXltS9QZRj\n"                             \
  "EAD5UZ/VkNfsrqcHUf0A9+6/FnQB9T1nVld5zDTF1XWMBWh4Ir/enHIwvuMfhQFL\n"                             \
  "2R3tB2FhNljq4PD0lCYM7mgK42chrmYzvS1YcMoBEdsdmWDHyFU6xGBvQ87mS9EN\n"                             \
  "jOlniC932NXjYWengBdiUrsw3blJk10DTNk1A+6mKPlNvAMdvfSH56jTV8na4Qh1\n"                             \
  "9ZY3JPdwKqAwKabQWaSzFZ4/KisU+fBu4ptN2Y7mJHyULpolwJXTMVGx2S2va7Y1\n"                             \
  "7KYy/qcS5x10kp6H67Ev59Nkz9o/QyDgpROcutc3WQTkSZwVNxgiKZaVkd12Ed3p\n"                             \
  "l1Kqyu7sE1q78qMtOOCLva47x83mh0JK6raOXA==\n"                                                     \
  "-----END CERTIFICATE-----\n"

#define KEY_PEM                                                                                    \
  "-----BEGIN RSA PRIVATE KEY-----\n"                                                              \
  "WNIEzaGCY0/f6DySwRJjY898/w06nDKtrLFTBhdk/xCL82gXcqmgcbzpCBA+Yjef\n"                             \
  "PX4hOLOsgtJWipwhyFl7+wWc8HYcb8QxkPgShQHqSz0pfqO8e/kDAKTJtKKJbpfn\n"                             \
  "TARldAKaLXR5acRvkEZpVjz5ceCcgihf7jCx8weaB1RRn8KO8KxEY+RjNAr/XJYP\n"                             \
  "ZYpSjcyKKLSfOXwKdY/B4oMi9cr4TM/0H8sWZ4SpWbzcU8R2H5B01fv1Wu/2++J6\n"                             \
  "eaVwSys+5O8FSwf5RzkXIdrhXj0Kqt+tclP8/KUZowT/FWhhgY6YdXvjIv70d6jU\n"                             \
  "hG663wChPUx5oZJ4tX+WNfWBPIkWSTUz4JlKcaKmXhbc2cQBOoTILDEDoJ3uR0y6\n"                             \
  "m44q39oD6PWe8zKdJn3YODV5x2Lyu2dLDww9z9MF76x3oPyEa3T594EjiCuV3Rfv\n"                             \
  "G1gZd9lMarN4INtccuT7RONTufc675gk7KW4fCWPvp0Tsb6wV3PD0r6I19JwXA+v\n"                             \
  "FjBk2vM622O9cMo5EsGhdLJQ06qOn/ynV3YX66dxLP63mC2aS6j5VPJlyeCKDWM2\n"                             \
  "1VAKqIINC7ffOnBeo5NoylJG95PL6KSHoakRkcrxeYYmNyo10Da4RP7XEvG+pIM+\n"                             \
  "Yzr+QiKykEF3GsY4Q+UnbuEmiwEza3Te/po4dUf4vP8JR9CIRBDGE9RXt+r1+td0\n"                             \
  "p7Pz2j0NC2LkR6in0iiti8cmPyclJEolYf/fsMN8vGFiK56IEdPGcKRATAZn4WQY\n"                             \
  "AL+D/fz8JecnolgVIAumMTryBHnsDXnAszoUOWTwo4pxuu1reGJaZD/G8giL9WgH\n"                             \
  "cQnaT0nEhlivNqGGZrm+XtxV+n+rHFSUgkg64CY+QIK5iBzhdPF37VlShLxn2w8X\n"                             \
  "ia7VdL04Au+lP67r/cYonfps2oIWJbmt27yDZDOAQYRJKGIoVb4kQoWI2DzCkcji\n"                             \
  "330qQmu8d3+IwVPrtNfERY6wKKpSyCHEOpdaDv5lCOL/IamoUHrhBJhQ8TPQsr5M\n"                             \
  "hHx+XUpbhdj753pa0xNJWb5jAJZqygVD4oJOLeiqUSBv4WK2/+smSo0gSy01KYXb\n"                             \
  "7XN38tz7I8runaZ98ARFDouwJOXCcu4r+3+r3shtXbOkc2b7JqfckkiHtoe4vGEa\n"                             \
  "wETGmFcGqKBAR6zVeqzKfn2c/kNryz1JmdsTLYytTdhqCPCvTbzIEleQnuEpDFg1\n"                             \
  "KQkVrd7nj7jL0BSOMVVnwrEJakotZ4RGm8WWH+NcQpRAsX1l4Fd7+/9AcHNInHCm\n"                             \
  "2V8QXZr76R2JifqcGAQtd2Vg+4hoUHZkqV/P7QyzWj5TtcpT1X0B64h/0CUlSG1E\n"                             \
  "2mvI3u1NXOavBY+Mnd4xHLOWqC87SrDxlG4kF95geVmpPwoLKRy2hNaYPQHbrxwD\n"                             \
  "Dpi+W9C1obY8frBQ22Rl9oOm5/XSgIWQm2KKbMdi+BCauPK86c+N2ZeyZPj8vQcW\n"                             \
  "QI7rzTKfZDlNRt5hpKJG781reLoTDcnWqRXwDWT1Jr6qcDHyVGXyGe15szgRZBBU\n"                             \
  "8CjP4D+ve2CBW2N5wttf6sVtItsew8wpYP+V3IeAofchRjiqO00=\n"                                         \
  "-----END RSA PRIVATE KEY-----\n"
