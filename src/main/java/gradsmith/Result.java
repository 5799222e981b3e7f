package gradsmith;

import gradsmith.check.CheckReport;
import gradsmith.derive.Derivation;
import org.jspecify.annotations.Nullable;

/**
 * What was derived.
 *
 * @param derivation the gradients
 * @param check what the numeric check found, or null if none was asked for
 */
public record Result(Derivation derivation, @Nullable CheckReport check) {}
