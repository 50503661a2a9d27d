using System.Diagnostics.CodeAnalysis;

namespace ExecutionDashboard.ControlPlane;

/// <summary>Kinds of failed calls.</summary>
public enum ControlPlaneError
{
    /// <summary>No reply: refused, unknown host, timeout, or a broken connection.</summary>
    Unreachable,
    /// <summary>401: no token, a wrong or an expired one.</summary>
    Unauthorized,
    /// <summary>403: the token does not allow it.</summary>
    Forbidden,
    /// <summary>404 for an object (for an unsupported route: <see cref="NotOffered"/>).</summary>
    NotFound,
    /// <summary>409: not possible in the current state.</summary>
    Conflict,
    /// <summary>400 or 422, or an id that cannot be put in a path.</summary>
    Invalid,
    /// <summary>405, 501, or 404 for a route: the server does not support it.</summary>
    NotOffered,
    /// <summary>Anything else: 5xx, 429, HTML, incomplete JSON, a reply over the size limit.</summary>
    Unexpected,
}

/// <summary>A failed call.</summary>
/// <param name="Error">The kind of failure.</param>
/// <param name="Message">Text for the operator: the server's own message if it sent one, at most 500 characters. Never contains a token.</param>
/// <param name="Status">HTTP status; null without a reply.</param>
/// <param name="RetryAfter">How long the server asks to wait; null when not sent.</param>
public sealed record ControlPlaneFailure(ControlPlaneError Error, string Message, int? Status = null, TimeSpan? RetryAfter = null);

/// <summary>The result of a call: a value or a failure.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public readonly record struct ControlPlaneResult<T>
{
    /// <summary>The value; default when the call failed.</summary>
    public T? Value { get; private init; }

    /// <summary>The failure; null when the call succeeded.</summary>
    public ControlPlaneFailure? Failure { get; private init; }

    /// <summary>Whether the call succeeded.</summary>
    [MemberNotNullWhen(false, nameof(Failure)), MemberNotNullWhen(true, nameof(Value))]
    public bool Succeeded => Failure is null;

    /// <summary>A success.</summary>
    public static implicit operator ControlPlaneResult<T>(T value) => new() { Value = value };

    /// <summary>A failure.</summary>
    public static implicit operator ControlPlaneResult<T>(ControlPlaneFailure failure) => new() { Failure = failure };
}
