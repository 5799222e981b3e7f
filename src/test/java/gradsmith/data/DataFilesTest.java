package gradsmith.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of numbers; those of NumPy's are written and read by NumPy itself. */
class DataFilesTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<f8", ">f8", "<f4", ">f4", "<f2", "<i8", ">i4", "<i2", "i1", "u1", "<u2", "<u4", "<u8"
      })
  void readsWhatNumPyWrites(String type) throws Exception {
    for (String order : new String[] {"C", "F"}) {
      Path file = directory.resolve("a.npy");
      python(
          "np.save('%s', np.array(np.arange(24).reshape(2, 3, 4), dtype='%s', order='%s'))"
              .formatted(file, type, order));
      NdArray array = DataFiles.read(file.toString());
      assertArrayEquals(new int[] {2, 3, 4}, array.axes());
      for (int i = 0; i < 24; i++) {
        assertEquals(i, array.entry(i), 0);
      }
    }
  }

  @Test
  void readsTruthValuesAndNumbers() throws Exception {
    Path file = directory.resolve("a.npy");
    python("np.save('%s', np.array([True, False]))".formatted(file));
    assertEquals(NdArray.vector(1, 0), DataFiles.read(file.toString()));
    python("np.save('%s', np.array(2.5))".formatted(file));
    assertEquals(NdArray.of(2.5), DataFiles.read(file.toString()));
  }

  @Test
  void numPyReadsWhatIsWritten() throws Exception {
    double[] entries = {1e-300, -2.5, 3, 4, Math.PI, 6};
    Path npy = DataFiles.write(directory, "a", NdArray.of(new int[] {1, 2, 3}, entries), false);
    Path csv =
        DataFiles.write(directory, "b", NdArray.of(new int[] {2, 3}, entries), /* npy= */ false);
    python(
        """
        expected = np.array([1e-300, -2.5, 3, 4, np.pi, 6])
        assert (np.load('%s') == expected.reshape(1, 2, 3)).all()
        assert (np.loadtxt('%s', delimiter=',') == expected.reshape(2, 3)).all()
        """
            .formatted(npy, csv));
  }

  @Test
  void refusesWhatIsDamaged() throws Exception {
    Path file = directory.resolve("a.npy");
    python("np.save('%s', np.arange(4.0))".formatted(file));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      assertThrows(DataException.class, () -> DataFiles.read(file.toString()));
    }
    for (String array : new String[] {"'a'", "1j", "[]", "np.array([None])"}) {
      python("np.save('%s', %s)".formatted(file, array));
      assertThrows(DataException.class, () -> DataFiles.read(file.toString()), array);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,2\n3,4\n",
        "a,b\n1,2\n3,4",
        "\ufeff\"a\";\"b\"\r\n1;2\r\n3;4\r\n",
        "# made by hand\n1 2\n3 4\n\n",
        " 1   2\n  3.0 4e0 ",
        "1\t2\n\n3\t4\n"
      })
  void readsTables(String text) throws Exception {
    assertEquals(NdArray.matrix(new double[][] {{1, 2}, {3, 4}}), read(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "1,2\\n3 ~ line 2 has 1 number, the lines before it 2",
        "1,2\\n3,x ~ line 2, column 2: 'x' is no number",
        "1,2\\n3, ~ line 2, column 2: a number is missing",
        "1,5;2,3 ~ line 1, column 1: '1,5' is no number: write a point, not a comma",
        "a,b ~ there are no numbers",
      })
  void saysWhereATableIsWrong(String text, String message) {
    DataException wrong = assertThrows(DataException.class, () -> read(text.replace("\\n", "\n")));
    assertEquals(message, wrong.getMessage());
  }

  @Test
  void readsNumbersInPlace() throws Exception {
    assertEquals(NdArray.of(-0.5), DataFiles.read("-0.5"));
    assertEquals(NdArray.vector(1, 2, 3), DataFiles.read("[1 2, 3]"));
    assertEquals(NdArray.matrix(new double[][] {{1, 2}, {3, 4}}), DataFiles.read("[1, 2; 3, 4]"));
    for (String wrong : new String[] {"[1, 2; 3]", "[1, x]", "[", "[]", "[[1]]"}) {
      assertThrows(DataException.class, () -> DataFiles.read(wrong));
    }
  }

  private NdArray read(String text) throws IOException, DataException {
    Path file = directory.resolve("a.csv");
    Files.writeString(file, text);
    return DataFiles.read(file.toString());
  }

  private static void python(String code) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("/usr/bin/python3", "-c", "import numpy as np\n" + code)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor() == 0, output);
  }
}
