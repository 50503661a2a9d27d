using ExecutionDashboard.Operations.Access;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.SignalR;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>
/// The browser's address of a request or of a tab, for the audit. A tab has no request: its address is that of the connection that it was opened or resumed with.
/// </summary>
internal sealed class ClientOrigin(IHttpContextAccessor request) : CircuitHandler, IClientOrigin
{
    private volatile string _tab = "";

    /// <inheritdoc/>
    public string Address => _tab is { Length: > 0 } tab ? tab : Of(request.HttpContext);

    /// <summary>The address of a request's client: behind a trusted proxy the one that it names.</summary>
    public static string Of(HttpContext? context) =>
        context?.Connection.RemoteIpAddress is not { } address ? "" : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    /// <inheritdoc/>
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (ConnectionOrigin.Current is { Length: > 0 } address) _tab = address;
        return Task.CompletedTask;
    }
}

/// <summary>Notes the address of a tab's connection for what it calls, whatever transport it uses.</summary>
internal sealed class ConnectionOrigin : IHubFilter
{
    private static readonly AsyncLocal<string?> Caller = new();

    /// <summary>The address of the connection whose call is being answered; null outside of one.</summary>
    public static string? Current => Caller.Value;

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        Caller.Value = ClientOrigin.Of(invocationContext.Context.GetHttpContext());
        return await next(invocationContext);
    }
}
