using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace ExecutionDashboard.Fleet.Secrets.Text;

/// <summary>Tokens in a vendor's own format, which are recognised anywhere, and keys of a typical length and alphabet.</summary>
internal static partial class TokenShapes
{
    // Prefixes of tokens that may be shorter.
    private static readonly SearchValues<string> Short = SearchValues.Create(["exp_ak_", "xox", "k_live_", "k_test_", "eyJ", "$2a$", "$2b$", "$2y$", "SG."], StringComparison.Ordinal);

    // Delimiters of a token that is longer than the run: the dots of a JWT, the $ of a hash.
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n\"'`;<>()[]{}|&\\?•");

    // A word of these alone, a digest or a fingerprint, is no token: each format has another character, and a key has capitals.
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef-");

    /// <summary>Masks the tokens in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="signs">Which characters it contains, or contained before parts were masked.</param>
    public static string Mask(string text, TextSign signs) => (signs & TextSign.LongRun) != 0 || text.AsSpan().IndexOfAny(Short) >= 0 ? Replace(text) : text;

    private static string Replace(string text)
    {
        StringBuilder? masked = null;
        var copied = 0;
        for (var at = 0; at < text.Length;)
        {
            var length = text.AsSpan(at).IndexOfAny(Ends);
            var end = length < 0 ? text.Length : at + length;
            if (end - at >= 12 && text.AsSpan(at, end - at).ContainsAnyExcept(Hex))
            {
                var word = text[at..end];
                var hidden = Vendor().Replace(word, SecretMask.Hidden);
                if (hidden.Contains("eyJ", StringComparison.Ordinal) && hidden.Contains('.', StringComparison.Ordinal)) hidden = Jwt().Replace(hidden, SecretMask.Hidden);
                if (ReferenceEquals(hidden, word) || hidden == word) hidden = Keys().Replace(word, match => IsKey(match.ValueSpan) ? SecretMask.Hidden : match.Value);
                if (hidden != word)
                {
                    (masked ??= new StringBuilder(text.Length)).Append(text, copied, at - copied).Append(hidden);
                    copied = end;
                }
            }
            at = end + 1;
        }
        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    // Lengths of an AWS secret key (40), an AES or Fernet key (44) and an Azure storage key (88), mixed unlike paths or names.
    private static bool IsKey(ReadOnlySpan<char> text)
    {
        if (text.Length is not (40 or 44 or 88) || (text.Length != 40 && text[^1] != '=')) return false;
        var (changes, upper, lower, digits) = (0, 0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i])) digits++;
            else if (char.IsAsciiLetterUpper(text[i])) upper++;
            else if (char.IsAsciiLetterLower(text[i])) lower++;
            if (i > 0 && (char.IsAsciiDigit(text[i]) != char.IsAsciiDigit(text[i - 1]) || (char.IsAsciiLetterUpper(text[i]) && char.IsAsciiLetterLower(text[i - 1])))) changes++;
        }
        return upper > 3 && lower > 3 && digits > 0 && changes >= 7;
    }

    [GeneratedRegex("""(?<![A-Za-z0-9+/=_\-])(?<!sha(?:256|384|512)[:\-])[A-Za-z0-9+/_\-]{40,88}={0,2}(?![A-Za-z0-9+/=_\-])""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Keys();

    [GeneratedRegex("""(?<![A-Za-z0-9])eyJ[A-Za-z0-9_\-]{8,600}\.[A-Za-z0-9_\-]+\.[A-Za-z0-9_\-.]*""", RegexOptions.CultureInvariant)]
    private static partial Regex Jwt();

    [GeneratedRegex("""
        exp_ak_[A-Za-z0-9_\-]+
        |(?<![A-Za-z0-9])(?:
          github_pat_[A-Za-z0-9_]{20,}|gh[pousr]_[A-Za-z0-9]{20,}
          |gl(?:pat|dt|rt|ptt|oas|cbt|soat|ft|imt|agent|ffct|wt)-[A-Za-z0-9_\-.]{16,}
          |xox[abcdeoprs](?:\.[a-z0-9]+)?-[A-Za-z0-9\-.]{8,}|xapp-[A-Za-z0-9\-]{10,}|xwfp-[A-Za-z0-9\-]{10,}
          |AIza[A-Za-z0-9_\-]{30,}|GOCSPX-[A-Za-z0-9_\-]{20,}|ya29\.[A-Za-z0-9_\-.]{16,}|1//0[A-Za-z0-9_\-]{20,}
          |(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])|ABSK[A-Za-z0-9+/=]{40,}|amzn\.mws\.[a-f0-9\-]{30,}|(?:FwoGZXIvYXdz|IQoJb3JpZ2lu)[A-Za-z0-9+/=]{20,}
          |[srp]k_(?:live|test)_[A-Za-z0-9]{8,}|whsec_[A-Za-z0-9+/=]{16,}
          |sk-[A-Za-z0-9_\-]{20,}|hf_[A-Za-z0-9]{20,}|api_org_[A-Za-z0-9]{20,}|r8_[A-Za-z0-9]{20,}|gsk_[A-Za-z0-9]{20,}|xai-[A-Za-z0-9]{20,}|pplx-[A-Za-z0-9]{20,}|nvapi-[A-Za-z0-9_\-]{20,}|pcsk_[A-Za-z0-9_]{20,}|lsv2_(?:pt|sk)_[a-f0-9_]{20,}|tvly-[A-Za-z0-9\-]{16,}|jina_[A-Za-z0-9_\-]{20,}|fw_[A-Za-z0-9]{20,}|AQ\.[A-Za-z0-9_\-]{20,}
          |pypi-[A-Za-z0-9_\-]{16,}|npm_[A-Za-z0-9]{20,}|rubygems_[a-f0-9]{20,}|oy2[a-z0-9]{43}|cio[A-Za-z0-9]{32}(?![A-Za-z0-9])|CCIPAT_[A-Za-z0-9_\-]{20,}|bkua_[a-f0-9]{20,}|dckr_[a-z]{3}_[A-Za-z0-9_\-]{16,}
          |SG\.[A-Za-z0-9_\-]{10,}\.[A-Za-z0-9_\-]{10,}|key-[a-f0-9]{32}(?![a-f0-9])|x(?:key|smtp)sib-[a-f0-9]{20,}[A-Za-z0-9\-]*|re_[A-Za-z0-9]{6,}_[A-Za-z0-9]{16,}|mlsn\.[a-f0-9]{20,}|[a-f0-9]{32}-us\d{1,2}(?![A-Za-z0-9])
          |do[oprt]_v1_[a-f0-9]{20,}|hv[sbr]\.[A-Za-z0-9_\-]{20,}|[sb]\.(?=[A-Za-z]{0,23}\d)[A-Za-z0-9]{24}(?![A-Za-z0-9])|shp(?:at|ss|pa|ca|tka|ua)_[A-Fa-f0-9]{20,}
          |lin_(?:api|oauth)_[A-Za-z0-9]{20,}|dp\.(?:st|pt|ct|sa|scim|audit|said)\.[A-Za-z0-9_\-.]{16,}|(?:dapi|dose)[a-f0-9]{32}(?:-\d)?(?![A-Za-z0-9])|gl(?:sa|c|sb)_[A-Za-z0-9_+/=\-]{20,}
          |EAA[A-Z][A-Za-z0-9_\-]{20,}|EAA[A-Za-z0-9]{60,}|IGQV[A-Za-z0-9_\-]{20,}|sq0[a-z]{3}-[A-Za-z0-9_\-]{16,}|access_token\$(?:production|sandbox)\$[a-z0-9]+\$[a-f0-9]{20,}|FLW(?:SECK|PUBK)[A-Za-z0-9_\-]{16,}|EZ[AT]K[A-Za-z0-9]{30,}|shippo_(?:live|test)_[a-f0-9]{20,}|duffel_(?:live|test)_[A-Za-z0-9_\-]{20,}|(?:live|test)_[A-Za-z0-9]{30,}(?![A-Za-z0-9_])|rzp_(?:live|test)_[A-Za-z0-9]{10,}
          |SK[a-f0-9]{32}(?![a-f0-9])|S(?:N|C|O|A|U|X)[A-Z2-7]{56}(?![A-Za-z0-9])|AGE-(?:SECRET-KEY|PLUGIN)-[A-Z0-9\-]{20,}
          |\$2[abxy]?\$\d\d\$[A-Za-z0-9./]{50,}|\$(?:1|5|6|y|7|gy)\$[A-Za-z0-9./=$]{20,}|\$argon2(?:id|i|d)\$[A-Za-z0-9+/=,$]{20,}|\$(?:pbkdf2|scrypt)[A-Za-z0-9\-]*\$[A-Za-z0-9+./=$]{20,}|pbkdf2_sha\d+\$\d+\$[A-Za-z0-9+/=$]{20,}
          |NR(?:AK|II|JS|BR|RA|IQ)-[A-Za-z0-9]{16,}|[a-f0-9]{32,36}NRAL(?![A-Za-z0-9])|eu01xx[a-f0-9]{30,}NRAL|PMAK-[A-Za-z0-9\-]{20,}|(?:ATATT|ATCTT|ATBB|ATOA|ATSTT)[A-Za-z0-9_\-+/=]{16,}|dt0[a-z]\d\d\.[A-Z0-9]{20,}(?:\.[A-Z0-9]{20,})?|figd_[A-Za-z0-9_\-]{20,}|figu?_[A-Za-z0-9_\-]{30,}|secret_[A-Za-z0-9]{30,}|ntn_[A-Za-z0-9]{30,}
          |tskey-[a-z]+-[A-Za-z0-9\-]{16,}|ops_eyJ[A-Za-z0-9_\-+/=]{20,}|sbp_[a-f0-9]{20,}|sb_(?:secret|publishable)_[A-Za-z0-9_\-]{16,}|pscale_(?:tkn|pw|oauth|otkn)_[A-Za-z0-9_.\-]{16,}|pat-[a-z]{2}\d-[a-f0-9\-]{30,}|pat[A-Za-z0-9]{14}\.[a-f0-9]{40,}|sntry[su]_[A-Za-z0-9+/=_\-]{20,}|ph[cxs]_[A-Za-z0-9]{20,}|sg[pd]_[A-Za-z0-9_]{30,}|rdme_[a-z0-9]{30,}
          |[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_\-]{30,}|tfp_[A-Za-z0-9_\-]{20,}|LTAI[A-Za-z0-9]{12,}|AKID[A-Za-z0-9]{28,}|fio-u-[A-Za-z0-9_\-=]{30,}|frp_[A-Za-z0-9_\-]{20,}|f[mo][12]_[A-Za-z0-9+/=_\-]{30,}|FlyV1|ory_(?:at|rt|ac|pat|st)_[A-Za-z0-9_\-.]{20,}|napi_[A-Za-z0-9]{30,}|nfp_[A-Za-z0-9]{30,}|vercel_[A-Za-z0-9_]{20,}|vc[pkiar]_[A-Za-z0-9]{20,}|cf(?:ut|at|k)_[A-Za-z0-9]{30,}|v1\.0-[a-f0-9]{20,}-[a-f0-9]{30,}|prefect_[A-Za-z0-9]{20,}|pnu_[A-Za-z0-9]{30,}|pul-[a-f0-9]{30,}|dp0[a-z]\.[A-Za-z0-9_\-.]{30,}|ddp_[A-Za-z0-9]{30,}|ddapp_[A-Za-z0-9]{30,}|dG9rOi[A-Za-z0-9_\-]{16,}|rpk?_[A-Z0-9]{30,}|HRKU-[A-Za-z0-9_\-]{20,}|xoxe\.[A-Za-z0-9\-.]{16,}|(?:cp|tk|apify_api|apikey|scw|uat|CFPAT|aio|ghat|cody|sls|ax|lum|bm|onfleet)[_\-](?=[A-Za-z0-9_\-]{0,40}\d)(?=[A-Za-z0-9_\-]{0,40}[A-Z])[A-Za-z0-9_\-]{28,}
          |v[1-4]\.(?:local|public)\.[A-Za-z0-9_\-]{30,}|A{20,}[A-Za-z0-9%]{30,}|[MNO][A-Za-z0-9_\-]{22,27}\.[A-Za-z0-9_\-]{6}\.[A-Za-z0-9_\-]{25,}|\d{8,11}:AA[A-Za-z0-9_\-]{30,}|vault:v\d+:[A-Za-z0-9+/=]{16,}
          |[A-Za-z0-9_~.\-]{3}8Q~[A-Za-z0-9_~.\-]{30,}|(?:[A-Za-z0-9+/]{76}|[A-Za-z0-9]{33,52})(?:APIM|ACDb|\+ABa|\+AMC|\+ASt|AzFu|AzCa|AAAE|AzSe)[A-Za-z0-9+/=]{4,}|LS0tLS1CRUdJTi[A-Za-z0-9+/=]{10,}|MII[A-Za-z0-9+/=]{40,}
        )
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Vendor();
}
