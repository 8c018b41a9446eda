"""What each script of random policies is told: SCRIPT LSMPC FIRST COUNT [--target T]"""
import argparse


def parser():
    made = argparse.ArgumentParser()
    made.add_argument("lsmpc")
    made.add_argument("first", type=int)
    made.add_argument("count", type=int)
    made.add_argument("--target", default="6.1")
    return made
