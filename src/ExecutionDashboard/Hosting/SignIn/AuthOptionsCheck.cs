using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>Refuses settings of the sign-in that make no sense by themselves, by the name of the key. <see cref="AuthSettings"/> checks them against other settings.</summary>
internal sealed class AuthOptionsCheck : IValidateOptions<AuthOptions>
{
    private const int MostExecutions = 1_000;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1), Hour = TimeSpan.FromHours(1), Month = TimeSpan.FromDays(30);

    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        var problems = new List<string>();
        if (options.Mode.Length > 0 && !(Enum.TryParse<AuthMode>(options.Mode, ignoreCase: true, out var mode) && Enum.IsDefined(mode) && char.IsLetter(options.Mode[0])))
            problems.Add($"Auth:Mode is '{options.Mode}': it takes {string.Join(", ", Enum.GetNames<AuthMode>())}.");
        CheckTime(nameof(options.SessionLifetime), options.SessionLifetime, Second, Month);
        CheckTime(nameof(options.CheckInterval), options.CheckInterval, Second, Hour);
        if (options.BulkLimit is < 1 or > MostExecutions) problems.Add($"Auth:BulkLimit is {options.BulkLimit}: it must be 1 to {MostExecutions}.");
        if (options.Is(nameof(AuthMode.Oidc))) CheckOidc();
        if (options.Is(nameof(AuthMode.Proxy)) && options.ProxyHeader.Length == 0) problems.Add("Auth:ProxyHeader is missing: Auth:Mode is Proxy, and the header names the person.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void CheckOidc()
        {
            if (options.ClientId.Length == 0) problems.Add("Auth:ClientId is missing: Auth:Mode is Oidc, and the provider knows the dashboard by it.");
            if (options.NameClaim.Length == 0) problems.Add("Auth:NameClaim is missing: it says which claim has the name of a person.");
            if (options.RolesClaim.Length == 0) problems.Add("Auth:RolesClaim is missing: it says which claim has the roles of a person.");
            if (options.Authority.Length == 0) problems.Add("Auth:Authority is missing: Auth:Mode is Oidc, and it is the address of the provider.");
            else if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) || !(authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback)))
                problems.Add($"Auth:Authority is '{options.Authority}': it must be an https address (http on this machine only).");
        }

        void CheckTime(string key, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most) problems.Add($"Auth:{key} is {value}: it must be {least} to {most} (hours:minutes:seconds).");
        }
    }
}
