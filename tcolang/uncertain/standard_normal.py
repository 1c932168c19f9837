"""The standard normal distribution: its inverse and its cumulative function, for arrays.

numpy has neither, and a library's own may change its last digits with its version.
"""

from __future__ import annotations

from typing import Any

from tcolang.uncertain.blocks import Floats, in_blocks, polynomial

Z95 = 1.6448536269514722
"""The 95th percentile of the standard normal distribution."""


def inverse_normal(xp: Any, u: Floats) -> Floats:
    """The z below which a standard normal lies with probability `u`; `u` strictly inside 0–1, any shape.

    Relative error about 1e-16. M. J. Wichura, Algorithm AS 241 (PPND16): The Percentage Points of the Normal
    Distribution, Applied Statistics 37 (1988), 477–484.
    """
    return in_blocks(xp, lambda block: _inverse(xp, block), u)


def cumulative_normal(xp: Any, z: Floats) -> Floats:
    """The probability that a standard normal lies below `z`, any shape.

    Relative error about 1e-15 above z = -5, growing with z² below it. W. J. Cody, Rational Chebyshev Approximations
    for the Error Function, Mathematics of Computation 23 (1969), 631–637.
    """
    return in_blocks(xp, lambda block: _cumulative(xp, block), z)


def _inverse(xp: Any, u: Floats) -> Floats:
    q = u - 0.5
    r = 0.180625 - q * q
    z = polynomial(_A, r)
    z *= q
    z /= polynomial(_B, r)
    tails = xp.flatnonzero(r < 0.0)
    if tails.size:
        side = u[tails]
        z[tails] = xp.copysign(_tail(xp, xp.minimum(side, 1.0 - side)), q[tails])
    result: Floats = z
    return result


def _tail(xp: Any, p: Floats) -> Floats:
    """The absolute value of z for the probability `p` < 0.075 beyond it."""
    r = xp.sqrt(-xp.log(p))
    near = r - 1.6
    z = polynomial(_C, near) / polynomial(_D, near)
    far = xp.flatnonzero(r > 5.0)
    if far.size:
        rest = r[far] - 5.0
        z[far] = polynomial(_E, rest) / polynomial(_F, rest)
    result: Floats = z
    return result


def _cumulative(xp: Any, z: Floats) -> Floats:
    x = xp.abs(z) * 0.7071067811865476
    beyond = 0.5 * _complementary_error(xp, x)
    result: Floats = xp.where(z > 0.0, 1.0 - beyond, beyond)
    return result


def _complementary_error(xp: Any, x: Floats) -> Floats:
    """erfc of numbers that are not negative."""
    result = xp.empty(x.shape)
    small, large = x <= 0.46875, x > 4.0
    middle = ~(small | large)
    s = x[small]
    result[small] = 1.0 - s * polynomial(_ERF_TOP, s * s) / polynomial(_ERF_BOTTOM, s * s)
    m = x[middle]
    result[middle] = xp.exp(-m * m) * polynomial(_ERFC_TOP, m) / polynomial(_ERFC_BOTTOM, m)
    far = xp.minimum(x[large], 27.5)  # beyond it the result is zero in floating point
    inverse = 1.0 / (far * far)
    ratio = inverse * polynomial(_FAR_TOP, inverse) / polynomial(_FAR_BOTTOM, inverse)
    result[large] = xp.exp(-far * far) / far * (0.5641895835477563 - ratio)
    filled: Floats = result
    return filled


# Wichura's coefficients, the highest power first.
_A = (
    2.5090809287301226727e3,
    3.3430575583588128105e4,
    6.7265770927008700853e4,
    4.5921953931549871457e4,
    1.3731693765509461125e4,
    1.9715909503065514427e3,
    1.3314166789178437745e2,
    3.3871328727963666080e0,
)
_B = (
    5.2264952788528545610e3,
    2.8729085735721942674e4,
    3.9307895800092710610e4,
    2.1213794301586595867e4,
    5.3941960214247511077e3,
    6.8718700749205790830e2,
    4.2313330701600911252e1,
    1.0,
)
_C = (
    7.74545014278341407640e-4,
    2.27238449892691845833e-2,
    2.41780725177450611770e-1,
    1.27045825245236838258e0,
    3.64784832476320460504e0,
    5.76949722146069140550e0,
    4.63033784615654529590e0,
    1.42343711074968357734e0,
)
_D = (
    1.05075007164441684324e-9,
    5.47593808499534494600e-4,
    1.51986665636164571966e-2,
    1.48103976427480074590e-1,
    6.89767334985100004550e-1,
    1.67638483018380384940e0,
    2.05319162663775882187e0,
    1.0,
)
_E = (
    2.01033439929228813265e-7,
    2.71155556874348757815e-5,
    1.24266094738807843860e-3,
    2.65321895265761230930e-2,
    2.96560571828504891230e-1,
    1.78482653991729133580e0,
    5.46378491116411436990e0,
    6.65790464350110377720e0,
)
_F = (
    2.04426310338993978564e-15,
    1.42151175831644588870e-7,
    1.84631831751005468180e-5,
    7.86869131145613259100e-4,
    1.48753612908506148525e-2,
    1.36929880922735805310e-1,
    5.99832206555887937690e-1,
    1.0,
)

# Cody's coefficients, the highest power first.
_ERF_TOP = (
    1.85777706184603153e-1,
    3.16112374387056560e0,
    1.13864154151050156e2,
    3.77485237685302021e2,
    3.20937758913846947e3,
)
_ERF_BOTTOM = (1.0, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3)
_ERFC_TOP = (
    2.15311535474403846e-8,
    5.64188496988670089e-1,
    8.88314979438837594e0,
    6.61191906371416295e1,
    2.98635138197400131e2,
    8.81952221241769090e2,
    1.71204761263407058e3,
    2.05107837782607147e3,
    1.23033935479799725e3,
)
_ERFC_BOTTOM = (
    1.0,
    1.57449261107098347e1,
    1.17693950891312499e2,
    5.37181101862009858e2,
    1.62138957456669019e3,
    3.29079923573345963e3,
    4.36261909014324716e3,
    3.43936767414372164e3,
    1.23033935480374942e3,
)
_FAR_TOP = (
    1.63153871373020978e-2,
    3.05326634961232344e-1,
    3.60344899949804439e-1,
    1.25781726111229246e-1,
    1.60837851487422766e-2,
    6.58749161529837803e-4,
)
_FAR_BOTTOM = (
    1.0,
    2.56852019228982242e0,
    1.87295284992346725e0,
    5.27905102951428412e-1,
    6.05183413124413191e-2,
    2.33520497626869185e-3,
)
