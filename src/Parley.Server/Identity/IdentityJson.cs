using System.Text.Json.Serialization;
using Parley.Server.Canned;
using Parley.Server.Identity.SignIn;

namespace Parley.Server.Identity;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AccountSettings))]
[JsonSerializable(typeof(LimitOverrides))]
[JsonSerializable(typeof(AgentDetails))]
[JsonSerializable(typeof(SkillSettings))]
[JsonSerializable(typeof(CannedAnswer))]
[JsonSerializable(typeof(AuthConnector))]
[JsonSerializable(typeof(ExternalIdentity))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(TokenBody))]
[JsonSerializable(typeof(PublicKeySet))]
[JsonSerializable(typeof(JwtBody))]
[JsonSerializable(typeof(IdpError))]
[JsonSerializable(typeof(LoginError))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(LoginBody))]
[JsonSerializable(typeof(CsrfBody))]
internal sealed partial class IdentityJson : JsonSerializerContext;
