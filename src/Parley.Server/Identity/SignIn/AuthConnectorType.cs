using System.Text.Json.Serialization;

namespace Parley.Server.Identity.SignIn;

/// <summary>
/// How consumers prove who they are (protocol 4.4): a token from the brand's page, a code to be redeemed, or not at all. And how
/// agents do (protocol 5.1): an assertion of SAML.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuthConnectorType>))]
public enum AuthConnectorType : byte { Implicit, Code, Unauth, Saml }
