"""`python -m stack DOOR …`: what the scripts call."""

import sys

from stack.doors import main

sys.exit(main())
