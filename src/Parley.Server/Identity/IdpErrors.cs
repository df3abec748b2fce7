using Microsoft.AspNetCore.Http;

namespace Parley.Server.Identity;

/// <summary>
/// Why the idp endpoints refuse (protocol 4.5). 401: the token or code is not accepted. 424: the connector or what is
/// behind it does not work, and no other token would help.
/// </summary>
internal static class IdpErrors
{
    public static readonly IdpError
        UnreadableAnonymous = new(1001, "The old token cannot be read", StatusCodes.Status400BadRequest),
        NoToken = new(1008, "This is no JWT", StatusCodes.Status400BadRequest),
        UnreadableToken = new(1009, "The JWT cannot be read", StatusCodes.Status400BadRequest),
        Expired = new(1012, "The token has expired", StatusCodes.Status401Unauthorized),
        KeysUnavailable = new(1023, "The keys of the identity provider cannot be fetched", StatusCodes.Status424FailedDependency),
        UnknownConnector = new(1024, "There is no such connector", StatusCodes.Status404NotFound),
        WrongConnectorType = new(1025, "The connector does not take this kind of token or code", StatusCodes.Status400BadRequest),
        BadPublicKey = new(1028, "The public key of the connector cannot be read", StatusCodes.Status424FailedDependency),
        BadKeySet = new(1038, "The identity provider's keys are no JWK set", StatusCodes.Status424FailedDependency),
        UnknownKey = new(1041, "The identity provider has no key of this kid", StatusCodes.Status401Unauthorized),
        KeyNotNamed = new(1042, "The identity provider has several keys and the token names none", StatusCodes.Status401Unauthorized),
        AnonymousRevoked = new(1049, "The anonymous identity was taken back", StatusCodes.Status401Unauthorized),
        NoLongerRenewable = new(2001, "The anonymous identity can no longer be renewed", StatusCodes.Status401Unauthorized),
        AnonymousBadSignature = new(2002, "The anonymous token was not signed here", StatusCodes.Status401Unauthorized),
        AnonymousWrongAccount = new(2004, "The anonymous token is of another account or purpose", StatusCodes.Status401Unauthorized),
        AnonymousOff = new(2005, "Anonymous messaging is switched off", StatusCodes.Status403Forbidden),
        ExternalInvalid = new(9007, "The token of the identity provider is not valid", StatusCodes.Status401Unauthorized),
        OwnInvalid = new(9008, "The token in Authorization is not that of an anonymous consumer", StatusCodes.Status401Unauthorized),
        CodeRejected = new(9011, "The identity provider rejected the code", StatusCodes.Status401Unauthorized),
        BadInput = new(9012, "The body is not the JSON object that was expected", StatusCodes.Status400BadRequest),
        UnknownAccount = new(9012, "Unknown account", StatusCodes.Status401Unauthorized),
        BadCallback = new(9012, "The callback is not a JavaScript name", StatusCodes.Status400BadRequest),
        ProviderSilent = new(9013, "The identity provider did not answer", StatusCodes.Status424FailedDependency),
        ProviderOdd = new(9014, "The identity provider answered without an id_token", StatusCodes.Status424FailedDependency),
        TooMany = new(9014, "Too many failed attempts; try again later", StatusCodes.Status429TooManyRequests);
}
