namespace Parley.Server.Files;

internal enum UploadOutcome { Stored, TooLarge, WrongContent, TooMany }
