using System.Diagnostics.CodeAnalysis;

namespace ExecutionDashboard.ControlPlane;

/// <summary>Why the control plane did not do or answer what it was asked.</summary>
public enum ControlPlaneError
{
    /// <summary>No answer: refused, no such host, timed out, or the connection broke.</summary>
    Unreachable,
    /// <summary>401: no token, a wrong one, or it ran out.</summary>
    Unauthorized,
    /// <summary>403: the token does not allow it.</summary>
    Forbidden,
    /// <summary>404 for a thing (for a route that the server lacks: <see cref="NotOffered"/>).</summary>
    NotFound,
    /// <summary>409: not in the present state.</summary>
    Conflict,
    /// <summary>400 or 422, or an id that cannot be put in a path.</summary>
    Invalid,
    /// <summary>405, 501, or 404 for a route: this server has no such command.</summary>
    NotOffered,
    /// <summary>Anything else: 5xx, 429, HTML, half a JSON, a reply over the size limit.</summary>
    Unexpected,
}

/// <summary>A failed call.</summary>
/// <param name="Error">The kind of failure.</param>
/// <param name="Message">What to show a person: the server's own message where it sent one, at most 500 characters. Never has a token in it.</param>
/// <param name="Status">HTTP status, null when there was no reply.</param>
/// <param name="RetryAfter">How long the server asks to wait; null when it does not.</param>
public sealed record ControlPlaneFailure(ControlPlaneError Error, string Message, int? Status = null, TimeSpan? RetryAfter = null);

/// <summary>What a call gave: a value, or a failure.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public readonly record struct ControlPlaneResult<T>
{
    /// <summary>The value; default when the call failed.</summary>
    public T? Value { get; private init; }

    /// <summary>The failure; null when the call succeeded.</summary>
    public ControlPlaneFailure? Failure { get; private init; }

    /// <summary>The call succeeded.</summary>
    [MemberNotNullWhen(false, nameof(Failure)), MemberNotNullWhen(true, nameof(Value))]
    public bool Succeeded => Failure is null;

    /// <summary>A success.</summary>
    public static implicit operator ControlPlaneResult<T>(T value) => new() { Value = value };

    /// <summary>A failure.</summary>
    public static implicit operator ControlPlaneResult<T>(ControlPlaneFailure failure) => new() { Failure = failure };
}
