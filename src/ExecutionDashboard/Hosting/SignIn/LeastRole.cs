using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Operations.Access;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>Closes addresses with a <see cref="LeastRoleAttribute"/> to who is signed in with a lower role, and writes the attempt into the audit.</summary>
internal static class LeastRole
{
    /// <summary>After the sign-in.</summary>
    public static void UseLeastRole(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<LeastRoleAttribute>() is not { Role: var needed }) return next(context);
        var grants = context.RequestServices.GetRequiredService<RoleBindings>().Of(context.User);
        if (grants.Everywhere >= needed) return next(context);
        var why = CommandRights.RefusalOfTheWhole(new DashboardUser("", grants.Highest) { Grants = grants }, needed);
        context.RequestServices.GetRequiredService<RequestAudit>().Refused(context, AuditActions.Open, new(AuditTarget.Address, context.Request.Path.Value ?? ""), why);
        return SignInPages.WriteAsync(context, StatusCodes.Status403Forbidden, new($"Only for the role {needed.ToString().ToLowerInvariant()}", why, "To the overview", "/", IsProblem: true));
    });
}
