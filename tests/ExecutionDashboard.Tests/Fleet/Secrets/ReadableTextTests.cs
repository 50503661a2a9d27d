using ExecutionDashboard.Fleet.Secrets;

namespace ExecutionDashboard.Tests.Fleet.Secrets;

/// <summary>Code and log lines are not hidden for a word in them, and of those with a secret only it is.</summary>
public sealed class ReadableTextTests
{
    [Theory]
    [InlineData("tokens=512 used")]
    [InlineData("prompt_tokens=12 completion_tokens=512 total_tokens=524")]
    [InlineData("auth: plain not supported")]
    [InlineData("token expired")]
    [InlineData("token: expired")]
    [InlineData("invalid token: unexpected character '}' at 5")]
    [InlineData("unexpected token \"foo\" at line 3")]
    [InlineData("password changed for user bob")]
    [InlineData("secret rotation finished in 5 ms")]
    [InlineData("failed to refresh token: connection refused")]
    [InlineData("error: authentication failed: bad credentials")]
    [InlineData("tls: failed to verify certificate: x509: certificate signed by unknown authority")]
    [InlineData("Bearer token expired")]
    [InlineData("Basic authentication is required")]
    [InlineData("key=orders-17 partition=3 offset=99")]
    [InlineData("processing key user:123 in cache sessions")]
    [InlineData("level=info msg=\"token refreshed\" ttl=3600s")]
    [InlineData("user bob@example.com logged in from 10.0.0.1:443")]
    [InlineData("pq: password authentication failed for user \"bob\"")]
    [InlineData("secret \"db-credentials\" not found")]
    [InlineData("root.token_count = this.tokens.length()")]
    [InlineData("root = this\nroot.auth = deleted()\nroot.password = this.password.hash(\"sha256\").encode(\"hex\")")]
    [InlineData("root = if this.auth_type == \"basic\" { this } else { deleted() }")]
    [InlineData("root.key = this.id + \"-\" + this.type\nlet key = \"user:\" + this.id")]
    [InlineData("root.secret = @secret\nroot.api_key = meta(\"api_key\")\nroot.cookie = null")]
    [InlineData("root.region = this.region.or(\"eu-west-1\")\nroot.level = this.level.catch(\"info\")")]
    [InlineData("SELECT id, password_changed_at FROM users WHERE key = $1 AND token_count > 5")]
    [InlineData("INSERT INTO t (id, token) VALUES ($1, $2)")]
    [InlineData("ssh -p 22 bob@host.example.com\ntar -a -cf x.tar dir\ngrep -w word file")]
    public void MaskText_NoSecret_Stays(string text) => Assert.Equal(text, SecretMask.MaskText(text));

    [Fact]
    public void EverySpecAndTextWithoutASecret_Stays() => Assert.All(PipelineFields.Cases("readable.txt"), line =>
    {
        var isSpec = line[0] is '{' or '[';
        var text = isSpec ? line : line.Replace("\\n", "\n", StringComparison.Ordinal);
        Assert.Equal(text, isSpec ? SecretMask.Mask(text) : SecretMask.MaskText(text));
    });

    [Theory]
    [InlineData("password=hunter2 user=x", "password=••• user=x")]
    [InlineData("level=info password=\"hunter two\" host=db", "level=info password=\"•••\" host=db")]
    [InlineData("config loaded: endpoint=https://h/x password=s3cr3t-12", "config loaded: endpoint=https://h/x password=•••")]
    [InlineData("login ok token=abc123, next in 5 s", "login ok token=•••, next in 5 s")]
    [InlineData("root.password = \"x\"\nroot.user = \"bob\"", "root.password = \"•••\"\nroot.user = \"bob\"")]
    [InlineData("root.token = if this.env == \"prod\" { \"a\" } else { \"b\" }", "root.token = if this.env == \"prod\" { \"•••\" } else { \"•••\" }")]
    [InlineData("root = if this.token != \"abc\" { deleted() }", "root = if this.token != \"•••\" { deleted() }")]
    [InlineData("root.h = content().hash(\"hmac_sha256\", \"abc\").encode(\"hex\")", "root.h = content().hash(\"hmac_sha256\", \"•••\").encode(\"hex\")")]
    [InlineData("auth:\n  user: bob\n  password: x\nport: 1", "auth:\n  user: bob\n  password: •••\nport: 1")]
    [InlineData("CREATE USER bob IDENTIFIED BY 'x' ACCOUNT LOCK", "CREATE USER bob IDENTIFIED BY '•••' ACCOUNT LOCK")]
    [InlineData("INSERT INTO users (name, password) VALUES ('bob', 'x')", "INSERT INTO users (name, password) VALUES ('bob', '•••')")]
    [InlineData("mysql -u root -pS3cr3tQq77 db", "mysql -u root -p••• db")]
    public void MaskText_ASecret_OnlyItIsHidden(string text, string shown) => Assert.Equal(shown, SecretMask.MaskText(text));
}
