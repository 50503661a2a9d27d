using System.Globalization;
using ExecutionDashboard.Components.Shared.Files;
using ExecutionDashboard.Fleet.Audit;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>Writes each export into the audit, before its first byte is sent: what it is of, and how much was sent. Without the audit nothing is exported.</summary>
internal sealed class ExportAudit(RequestAudit audit) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HeadersOnly.Asks(http)) return await next(context);
        var act = await audit.AskAsync(http, AuditActions.Export, new(AuditTarget.Address, $"{http.Request.Path}{Uri.UnescapeDataString(http.Request.QueryString.Value ?? "")}"));
        if (act.Problem.Length > 0)
            return Results.Text($"Not exported: the audit cannot be written, and nothing is exported that is not in it. {act.Problem}", statusCode: StatusCodes.Status503ServiceUnavailable);
        try
        {
            var result = await next(context);
            // Some write their reply themselves.
            if (((result as IStatusCodeHttpResult)?.StatusCode ?? http.Response.StatusCode) is >= StatusCodes.Status400BadRequest and var status) act.Failed($"Status {status.ToString(CultureInfo.InvariantCulture)}");
            else act.Done(ExportCount.Of(http) is { } rows ? $"{rows.ToString("N0", CultureInfo.InvariantCulture)} rows" : "");
            return result;
        }
        catch
        {
            act.Failed(ExportCount.Of(http) is { } rows ? $"Cut off after {rows.ToString("N0", CultureInfo.InvariantCulture)} rows" : "Cut off");
            throw;
        }
    }
}
